// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import static dev.tocsin.console.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The pages as a browser draws them, for somebody who was paged. */
class ScreenTest extends ConsoleContext {

  private static final int PHONE = 390;

  // A browser that is killed may still write a file.
  @TempDir(cleanup = CleanupMode.NEVER)
  Path profile;

  private Browser browser;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(Files.isExecutable(Browser.PROGRAM), "no Chromium here: apt-get install chromium");
    browser = Browser.open(profile, PHONE, BASIC);
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void firstPage_beginsWithTheWorstThatIsOpen() throws Exception {
    opens("inc_screen1", "Late and critical", Severity.CRITICAL, NOON);
    opens("inc_screen2", "New and only a warning", Severity.WARNING, NOON.plusSeconds(60));

    browser.go(at("/"));

    assertThat(browser.says("document.querySelector('main h2').textContent").asString())
        .startsWith("Open incidents");
    assertThat(
            browser
                .says(
                    "[...document.querySelectorAll('main table a')].map(a => a.textContent)"
                        + ".filter(t => t.startsWith('Late') || t.startsWith('New')).join()")
                .asString())
        .isEqualTo("Late and critical,New and only a warning");
  }

  @Test
  void focus_staysWhereItWas_whenThePageIsDrawnAnew() throws Exception {
    opens("inc_screen3", "Where somebody is", Severity.ERROR, NOON);
    browser.go(at("/"));
    browser.says("document.querySelector('a[href=\"/incidents/inc_screen3\"]').focus()");

    opens("inc_screen4", "What comes meanwhile", Severity.CRITICAL, NOON.plusSeconds(1));
    browser.until("document.querySelector('main').textContent.includes('What comes meanwhile')");

    assertThat(browser.says("document.activeElement.getAttribute('href')").asString())
        .isEqualTo("/incidents/inc_screen3");
  }

  @Test
  void clock_isNotReadOutEveryThreeSeconds() throws Exception {
    browser.go(at("/"));
    assertThat(
            browser
                .says("document.getElementById('fresh').closest('[role=status],[aria-live]')")
                .isNull())
        .isTrue();
    assertThat(browser.says("document.getElementById('trouble').getAttribute('role')").asString())
        .isEqualTo("alert");
  }

  @Test
  void incident_isAcknowledgedFromItsPage_andOfferedOnlyWhatCanBe() throws Exception {
    opens("inc_screen5", "Somebody should have this", Severity.CRITICAL, NOON);
    browser.go(at("/incidents/inc_screen5"));

    browser.says("document.querySelector('button[name=acknowledge]').focus()");
    browser.says("document.querySelector('button[name=acknowledge]').click()");
    browser.until("document.querySelector('.actions output').textContent === ''");
    assertThat(wishes("inc_screen5")).anyMatch(r -> r.contains("\"type\":\"acknowledge\""));

    happened(
        Topics.INCIDENTS, "inc_screen5", Samples.resolved("inc_screen5", NOON.plusSeconds(90)));
    browser.until("document.querySelector('button[name=acknowledge]') === null");
    assertThat(browser.says("document.activeElement.name").asString())
        .as("where the keyboard is, when what it was on is gone")
        .isEqualTo("text");
    assertThat(browser.says("document.querySelector('button[name=resolve]') === null").asBoolean())
        .isTrue();
    assertThat(browser.says("document.querySelector('button[name=notes]') !== null").asBoolean())
        .isTrue();
  }

  @Test
  void incident_isResolvedFromItsPage_onlyAfterASecondYes() throws Exception {
    opens("inc_screen8", "Somebody may end this", Severity.CRITICAL, NOON);
    browser.go(at("/incidents/inc_screen8"));

    browser.says("window.confirm = () => false; document.querySelector('[name=resolve]').click()");
    browser.says("document.querySelector('.actions input').value = 'It is not over'");
    browser.says("document.querySelector('[name=notes]').click()");
    browser.until("document.querySelector('.actions input').value === ''");
    assertThat(wishes("inc_screen8")).singleElement().asString().contains("It is not over");

    browser.says("window.confirm = () => true; document.querySelector('[name=resolve]').click()");
    browser.until("document.querySelector('.actions output').textContent === ''");
    assertThat(wishes("inc_screen8")).hasSize(2).anyMatch(r -> r.contains("\"type\":\"resolve\""));
  }

  private List<String> wishes(String incident) {
    try (Records records = Records.of(broker, Topics.COMMANDS.name())) {
      return records.keysAndValues().stream().filter(r -> r.contains(incident)).toList();
    }
  }

  @Test
  void noteThatIsBeingWritten_outlivesWhatHappensMeanwhile() throws Exception {
    opens("inc_screen6", "Somebody writes here", Severity.CRITICAL, NOON);
    browser.go(at("/incidents/inc_screen6"));
    browser.says(
        "document.querySelector('.actions input').focus();"
            + "document.querySelector('.actions input').value = 'I look at'");

    happened(
        Topics.INCIDENTS, "inc_screen6", Samples.resolved("inc_screen6", NOON.plusSeconds(90)));
    browser.until("document.querySelector('button[name=resolve]') === null");

    assertThat(browser.says("document.activeElement.value").asString()).isEqualTo("I look at");
  }

  @Test
  void titleOfOneLongWord_staysOnAPhonesScreen() throws Exception {
    opens("inc_screen7", "x".repeat(180), Severity.CRITICAL, NOON);

    browser.go(at("/incidents/inc_screen7"));

    assertThat(
            browser
                .says(
                    "[...document.querySelectorAll('main *')]"
                        + ".filter(e => e.getBoundingClientRect().right > innerWidth).length")
                .asInt())
        .isZero();
  }

  @Test
  void search_findsByTextStatusAndSeverity_andItsAddressSaysSo() throws Exception {
    opens("inc_search1", "Needle that burns", Severity.CRITICAL, NOON);
    opens("inc_search2", "Needle that glows", Severity.WARNING, NOON);
    opens("inc_search3", "Needle that burnt", Severity.CRITICAL, NOON);
    happened(Topics.INCIDENTS, "inc_search3", Samples.resolved("inc_search3", NOON.plusSeconds(9)));
    browser.go(at("/"));

    browser.says("document.querySelector('.search [name=q]').value = 'needle'");
    browser.says("document.querySelector('.search [name=status]').value = 'OPEN'");
    browser.says("document.querySelector('.search button').click()");
    browser.until(
        "location.pathname === '/incidents' && document.querySelector('main h2') !== null");

    assertThat(browser.says("location.search").asString()).isEqualTo("?q=needle&status=OPEN");
    assertThat(titles()).containsExactlyInAnyOrder("Needle that burns", "Needle that glows");

    browser.go(at("/incidents?q=needle&severity=CRITICAL&status=RESOLVED"));

    assertThat(titles()).containsExactly("Needle that burnt");
    assertThat(
            browser
                .says("[...new FormData(document.querySelector('.search')).values()].join()")
                .asString())
        .isEqualTo("needle,RESOLVED,CRITICAL");
  }

  @Test
  void olderIncidents_areAPageFurther_andThatPageHasAnAddress() throws Exception {
    for (int i = 0; i < 60; i++) {
      opens("inc_page" + i, "Paged " + i, Severity.INFO, NOON.plusSeconds(i));
    }
    browser.go(at("/incidents?q=paged"));
    assertThat(titles()).hasSize(50).startsWith("Paged 59").endsWith("Paged 10");

    browser.says("document.querySelector('a[rel=next]').click()");
    browser.until(
        "location.search.includes('cursor') && document.querySelector('main h2') !== null");
    assertThat(titles()).hasSize(10).startsWith("Paged 9").endsWith("Paged 0");
    assertThat(browser.says("document.querySelector('a[rel=next]') === null").asBoolean()).isTrue();

    browser.go(browser.says("location.href").asString());
    assertThat(titles()).hasSize(10);
    browser.says("document.querySelector('.pages a').click()");
    browser.until("document.querySelector('a[rel=next]') !== null");
    assertThat(titles()).startsWith("Paged 59");
  }

  @Test
  void times_areThoseOfTheReader_andOfAllOnHovering_alsoWithinTexts() throws Exception {
    opens("inc_times", "At what time?", Severity.INFO, NOON);
    happened(
        Topics.INCIDENTS,
        "inc_times",
        new IncidentEvent.NoteAdded(
            "inc_times",
            NOON.plusSeconds(5),
            1,
            "ann",
            "console",
            "From 2026-11-22T10:00:07.5Z, or 2026-11-22 09:30 UTC, to 99:99"));
    browser.liveIn("Asia/Kolkata");
    browser.go(at("/incidents/inc_times"));

    assertThat(
            browser
                .says(
                    "[...document.querySelectorAll('.timeline time')]"
                        + ".map(t => t.textContent + ' is ' + t.title)")
                .valueStream()
                .map(JsonNode::asString))
        .containsExactly(
            "17:30:00 is 2026-11-22 12:00:00 UTC",
            "17:30:05 is 2026-11-22 12:00:05 UTC",
            "2026-11-22 15:30:07 is 2026-11-22 10:00:07 UTC",
            "2026-11-22 15:00:00 is 2026-11-22 09:30:00 UTC");
    assertThat(
            browser
                .says("[...document.querySelectorAll('time')].every(t => t.title.endsWith(' UTC'))")
                .asBoolean())
        .isTrue();
    assertThat(browser.says("document.body.textContent").asString())
        .contains("to 99:99")
        .doesNotContain("00:07.5Z");
  }

  @Test
  void delivery_isLinkedToItsIncidentByName() throws Exception {
    Instant late = NOON.plusSeconds(86_400);
    opens("inc_told", "Somebody was told", Severity.CRITICAL, NOON);
    for (String incident : List.of("inc_told", "inc_unknown")) {
      happened(
          Topics.DELIVERIES,
          incident,
          Samples.page("dlv_" + incident, incident, Delivery.Status.DELIVERED, late));
    }
    browser.go(at("/"));

    assertThat(
            browser
                .says(
                    "[...document.querySelectorAll('td.wide .under a')].map(a => a.textContent)"
                        + ".filter(t => t.includes('told') || t.includes('unknown')).sort().join()")
                .asString())
        .isEqualTo("Somebody was told,inc_unknown");
    assertThat(
            browser
                .says("[...document.links].filter(a => a.textContent === 'incident').length")
                .asInt())
        .isZero();
  }

  private List<String> titles() throws Exception {
    return browser
        .says("[...document.querySelectorAll('td.wide > a')].map(a => a.textContent)")
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }

  private void opens(String incident, String title, Severity severity, Instant at)
      throws Exception {
    Alert alert = Samples.alert("rcp_" + incident + "-0", title, AlertStatus.FIRING, at);
    happened(Topics.INCIDENTS, incident, Samples.opened(incident, alert, severity));
  }

  private String at(String path) {
    return "http://localhost:" + port + path;
  }
}
