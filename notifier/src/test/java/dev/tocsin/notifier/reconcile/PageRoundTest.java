// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import static dev.tocsin.notifier.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.pagerduty.PagerDutySettings;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topics;
import dev.tocsin.testkit.pagerduty.FakePagerDuty;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asks every 15 s, so a page is overdue five minutes after its incident was over. */
class PageRoundTest {

  private static final Duration EVERY = Duration.ofSeconds(15);

  private Instant now = NOON;
  private final FakePagerDuty pagerDuty = FakePagerDuty.start(0, () -> now);
  private final WithoutBroker here = new WithoutBroker();
  private final PageRound round =
      new PageRound(
          new PagerDutySettings(
              pagerDuty.uri(),
              null,
              FakePagerDuty.ROUTING_KEY,
              FakePagerDuty.API_TOKEN,
              "",
              0,
              Duration.ZERO,
              PagerDutySettings.Second.off(),
              EVERY),
          here.side(() -> now));

  @AfterEach
  void close() {
    round.close();
    pagerDuty.close();
  }

  @Test
  void whatAPersonDoesThere_becomesACommandOnce() throws Exception {
    here.watchList.add(WatchListTest.opened("inc_1"));
    page("tocsin-inc_1-1");
    pagerDuty.acknowledgeByHand(pagerDuty.incidents().getFirst().id(), "Ada");

    assertThat(round.next()).isEqualTo(EVERY);
    round.next();

    assertThat(here.commands())
        .singleElement()
        .isInstanceOfSatisfying(
            Command.Acknowledge.class, c -> assertThat(c.by()).isEqualTo("Ada"));
  }

  @Test
  void pagerDuty_isLeftAlone_whileNoIncidentIsOpen_butForStrays() throws Exception {
    rounds(20);
    assertThat(pagerDuty.requests()).hasSize(1);
    round.next();
    assertThat(pagerDuty.requests()).hasSize(2);
  }

  @Test
  void pageThatMissedTheEnd_isEndedOverItsLane_moreAndMoreRarely() throws Exception {
    here.watchList.add(WatchListTest.opened("inc_1"));
    page("tocsin-inc_1-1");
    here.watchList.add(WatchListTest.resolved("inc_1"));
    after(Duration.ofMinutes(4));
    assertThat(here.nothingIsWritten()).isTrue();

    after(Duration.ofMinutes(1));
    after(Duration.ofMinutes(19));
    assertThat(here.written(Topics.NOTIFICATIONS))
        .extracting(Notification::content)
        .containsExactly(new Content.PageResolve("tocsin-inc_1-1"));
    after(Duration.ofMinutes(1));

    assertThat(here.written(Topics.NOTIFICATIONS))
        .extracting(Notification::id)
        .hasSize(2)
        .doesNotHaveDuplicates();
    assertThat(here.written(Topics.AUDIT)).hasSize(2);
    assertThat(here.commands()).hasSize(2).allMatch(Command.AddNote.class::isInstance);
  }

  @Test
  void pageOfTheEpochBefore_isOverSinceTheNextBegan() throws Exception {
    here.watchList.add(WatchListTest.opened("inc_1"));
    page("tocsin-inc_1-1");
    here.watchList.add(WatchListTest.resolved("inc_1"));
    reopen("inc_1", 2);
    page("tocsin-inc_1-2");
    after(Duration.ofMinutes(5));

    assertThat(here.written(Topics.NOTIFICATIONS))
        .extracting(Notification::content)
        .containsExactly(new Content.PageResolve("tocsin-inc_1-1"));
  }

  @Test
  void pageThatAPersonOpenedAgain_isLeftOpen_andTheIncidentSaysWho() throws Exception {
    here.watchList.add(WatchListTest.opened("inc_1"));
    page("tocsin-inc_1-1");
    here.watchList.add(WatchListTest.resolved("inc_1"));
    now = now.plusSeconds(60);
    String page = pagerDuty.incidents().getFirst().id();
    pagerDuty.resolveByHand(page, "Ada");
    pagerDuty.reopenByHand(page, "Grace");
    after(Duration.ofHours(1));
    after(Duration.ofHours(1));

    assertThat(here.written(Topics.NOTIFICATIONS)).isEmpty();
    assertThat(here.commands())
        .singleElement()
        .isInstanceOfSatisfying(
            Command.AddNote.class,
            note -> {
              assertThat(note.by()).isEqualTo("Grace");
              assertThat(note.text()).startsWith("Reopened the page in PagerDuty");
            });
  }

  @Test
  void pagesThatAreNotOurs_orOfIncidentsNobodyKnows_areLeftAlone() throws Exception {
    page("disk-full");
    page("tocsin-inc_9-1");
    after(Duration.ofDays(1));

    assertThat(here.nothingIsWritten()).isTrue();
  }

  @Test
  void pagerDutyThatIsDown_isAFault_andTheNextRoundGoesOn() throws Exception {
    here.watchList.add(WatchListTest.opened("inc_1"));
    page("tocsin-inc_1-1");
    pagerDuty.failNext(1, 503, Map.of("Retry-After", "120"));

    assertThat(round.next()).isEqualTo(Duration.ofSeconds(120));
    assertThat(round.next()).isEqualTo(EVERY);
  }

  /** Lets a time pass, and then rounds until one has looked for strays. */
  private void after(Duration time) throws Exception {
    now = now.plus(time);
    rounds(20);
  }

  private void rounds(int rounds) throws Exception {
    for (int i = 0; i < rounds; i++) {
      round.next();
    }
  }

  private void reopen(String incident, int epoch) {
    here.watchList.add(
        new IncidentEvent.Reopened(
            incident, now, epoch, ((IncidentEvent.Opened) WatchListTest.opened(incident)).alert()));
  }

  private void page(String dedupKey) throws IOException, InterruptedException {
    byte[] event =
        Json.MAPPER.writeValueAsBytes(
            Map.of(
                "routing_key",
                FakePagerDuty.ROUTING_KEY,
                "event_action",
                "trigger",
                "dedup_key",
                dedupKey,
                "payload",
                Map.of("summary", "down", "source", "test", "severity", "critical")));
    HttpRequest request =
        HttpRequest.newBuilder(pagerDuty.uri().resolve("/v2/enqueue"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(event))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(202);
    }
    now = now.plusMillis(1);
  }
}
