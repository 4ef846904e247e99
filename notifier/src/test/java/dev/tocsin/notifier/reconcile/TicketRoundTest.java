// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import static dev.tocsin.notifier.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.jira.JiraSettings;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topics;
import dev.tocsin.testkit.jira.FakeJira;
import dev.tocsin.testkit.jira.JiraStatus;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asks every minute, so a ticket is overdue ten minutes after its incident was over. */
class TicketRoundTest {

  private Instant now = NOON;
  private final FakeJira jira = FakeJira.start(0, () -> now);
  private final WithoutBroker here = new WithoutBroker();
  private TicketRound round;

  @BeforeEach
  void openAnIncidentAndItsTicket() {
    here.watchList.add(WatchListTest.opened("inc_1"));
    round = round(false);
    create("tocsin-inc_1");
    now = NOON.plusSeconds(60);
  }

  @AfterEach
  void close() {
    round.close();
    jira.close();
  }

  @Test
  void ticketClosedWhileTheIncidentGoesOn_isToldOnce() throws Exception {
    jira.moveByHand("OPS-1", JiraStatus.DONE, "Ada");
    round.next();
    round.next();
    assertThat(here.commands())
        .singleElement()
        .isInstanceOfSatisfying(
            Command.AddNote.class,
            note -> {
              assertThat(note.by()).isEqualTo("Ada");
              assertThat(note.text()).startsWith("Moved OPS-1 to Done.");
            });
  }

  @Test
  void ticketClosed_resolvesTheIncident_whereThatIsConfigured() throws Exception {
    round.close();
    round = round(true);
    jira.moveByHand("OPS-1", JiraStatus.DONE, "Ada");
    round.next();
    assertThat(here.commands()).singleElement().isInstanceOf(Command.Resolve.class);
  }

  @Test
  void ticketThatMissedTheEnd_isEndedOverItsLane_onceForAWhile() throws Exception {
    resolve();
    after(Duration.ofMinutes(9)).next();
    assertThat(here.nothingIsWritten()).isTrue();

    after(Duration.ofMinutes(2)).next();
    after(Duration.ofMinutes(1)).next();

    assertThat(here.written(Topics.NOTIFICATIONS))
        .singleElement()
        .satisfies(
            notification -> {
              assertThat(notification.endpoint()).isEqualTo("jira/default");
              assertThat(notification.content())
                  .isEqualTo(new Content.TicketResolve("inc_1", "The incident is over."));
            });
    assertThat(here.written(Topics.AUDIT)).hasSize(1);
    assertThat(here.commands())
        .singleElement()
        .isInstanceOfSatisfying(
            Command.AddNote.class,
            note -> assertThat(note.text()).contains("OPS-1 was still open 11 min"));
    assertThat(here.meters.get("tocsin.strays.healed").tag("channel", "jira").counter().count())
        .isEqualTo(1);
  }

  @Test
  void ticketOfAnIncidentThatComesBack_isEndedInEachEpoch() throws Exception {
    for (int epoch = 1; epoch <= Strays.MOST_TIMES + 1; epoch++) {
      if (epoch > 1) {
        reopen(epoch);
      }
      resolve(epoch);
      after(Duration.ofMinutes(11)).next();

      assertThat(here.written(Topics.NOTIFICATIONS)).hasSize(epoch);
    }
  }

  @Test
  void ticketThatSomebodyOpenedAgain_isLeftOpen_andNotAskedAboutAnyMore() throws Exception {
    resolve();
    now = now.plusSeconds(60);
    jira.moveByHand("OPS-1", JiraStatus.DONE, "Tocsin");
    now = now.plusSeconds(60);
    jira.moveByHand("OPS-1", JiraStatus.IN_PROGRESS, "Grace");

    after(Duration.ofMinutes(20)).next();
    long asked = jira.requests().size();
    after(Duration.ofHours(1)).next();

    assertThat(here.written(Topics.NOTIFICATIONS)).isEmpty();
    assertThat(here.commands())
        .singleElement()
        .isInstanceOfSatisfying(
            Command.AddNote.class,
            note -> assertThat(note.text()).contains("Moved OPS-1 to In Progress after"));
    assertThat(jira.requests()).hasSize((int) asked);
  }

  @Test
  void ticketOfAReopenedIncident_isStillClosed_andThatIsNoNews() throws Exception {
    jira.moveByHand("OPS-1", JiraStatus.DONE, "Tocsin");
    resolve();
    now = now.plusSeconds(600);
    reopen(2);
    round.next();
    assertThat(here.nothingIsWritten()).isTrue();
  }

  @Test
  void jiraThatIsDown_isAFault_andTheNextRoundGoesOn() throws Exception {
    jira.failNext(1, 503, Map.of("Retry-After", "120"));
    assertThat(round.next()).isEqualTo(Duration.ofSeconds(120));
    assertThat(round.next()).isEqualTo(Duration.ofMinutes(1));
  }

  private TicketRound round(boolean doneResolves) {
    JiraSettings settings =
        new JiraSettings(
            jira.uri(),
            FakeJira.EMAIL,
            FakeJira.API_TOKEN,
            FakeJira.PROJECT,
            "Task",
            Duration.ofMinutes(1),
            doneResolves);
    return new TicketRound(settings, here.side(() -> now));
  }

  private void resolve() {
    resolve(1);
  }

  private void resolve(int epoch) {
    here.watchList.add(
        new IncidentEvent.Resolved(
            "inc_1", now, epoch, IncidentEvent.Cause.ALL_CLEAR, "tocsin", "detection"));
  }

  private void reopen(int epoch) {
    here.watchList.add(
        new IncidentEvent.Reopened(
            "inc_1", now, epoch, ((IncidentEvent.Opened) WatchListTest.opened("inc_1")).alert()));
  }

  private TicketRound after(Duration time) {
    now = now.plus(time);
    return round;
  }

  private void create(String label) {
    String pair = FakeJira.EMAIL + ':' + FakeJira.API_TOKEN;
    byte[] body =
        Json.MAPPER.writeValueAsBytes(
            Map.of(
                "fields",
                Map.of(
                    "project",
                    Map.of("key", FakeJira.PROJECT),
                    "issuetype",
                    Map.of("name", "Task"),
                    "summary",
                    "down",
                    "labels",
                    List.of(label))));
    HttpRequest request =
        HttpRequest.newBuilder(jira.uri().resolve("/rest/api/3/issue"))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(201);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
