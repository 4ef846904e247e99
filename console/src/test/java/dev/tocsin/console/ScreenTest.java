// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import static dev.tocsin.console.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

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

  private void opens(String incident, String title, Severity severity, Instant at)
      throws Exception {
    Alert alert = Samples.alert("rcp_" + incident + "-0", title, AlertStatus.FIRING, at);
    happened(Topics.INCIDENTS, incident, Samples.opened(incident, alert, severity));
  }

  private String at(String path) {
    return "http://localhost:" + port + path;
  }
}
