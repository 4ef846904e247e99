// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import static dev.tocsin.notifier.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.jira.JiraSettings;
import dev.tocsin.notifier.watch.LaneBoard;
import dev.tocsin.notifier.watch.NotifierMetrics;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import dev.tocsin.testkit.jira.FakeJira;
import dev.tocsin.testkit.jira.JiraStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asks every minute, so a ticket is overdue ten minutes after its incident was over. */
class TicketRoundTest {

  private static final TopicPartition INCIDENTS = new TopicPartition(Topics.INCIDENTS.name(), 0);

  private Instant now = NOON;
  private final FakeJira jira = FakeJira.start(0, () -> now);
  private final MockConsumer<byte[], byte[]> incidents = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final WatchList watchList = new WatchList();
  private TicketRound round;

  @BeforeEach
  void openAnIncidentAndItsTicket() {
    Node node = new Node(0, "h", 1);
    incidents.updatePartitions(
        INCIDENTS.topic(),
        List.of(
            new PartitionInfo(INCIDENTS.topic(), 0, node, new Node[] {node}, new Node[] {node})));
    incidents.updateBeginningOffsets(Map.of(INCIDENTS, 0L));
    incidents.updateEndOffsets(Map.of(INCIDENTS, 0L));
    watchList.add(WatchListTest.opened("inc_1"));
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
    assertThat(commands())
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
    assertThat(commands()).singleElement().isInstanceOf(Command.Resolve.class);
  }

  @Test
  void ticketThatMissedTheEnd_isEndedOverItsLane_onceForAWhile() throws Exception {
    resolve();
    after(Duration.ofMinutes(9)).next();
    assertThat(producer.history()).isEmpty();

    after(Duration.ofMinutes(2)).next();
    after(Duration.ofMinutes(1)).next();

    assertThat(values(Topics.NOTIFICATIONS))
        .singleElement()
        .satisfies(
            heal -> {
              Notification notification = (Notification) heal;
              assertThat(notification.endpoint()).isEqualTo("jira/default");
              assertThat(notification.content())
                  .isEqualTo(new Content.TicketResolve("inc_1", "The incident is over."));
            });
    assertThat(values(Topics.AUDIT)).hasSize(1);
    assertThat(commands())
        .singleElement()
        .isInstanceOfSatisfying(
            Command.AddNote.class,
            note -> assertThat(note.text()).contains("OPS-1 was still open 11 min"));
    assertThat(meters.get("tocsin.strays.healed").tag("channel", "jira").counter().count())
        .isEqualTo(1);
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

    assertThat(values(Topics.NOTIFICATIONS)).isEmpty();
    assertThat(commands())
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
    watchList.add(
        new IncidentEvent.Reopened(
            "inc_1", now, 2, ((IncidentEvent.Opened) WatchListTest.opened("inc_1")).alert()));
    round.next();
    assertThat(producer.history()).isEmpty();
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
    NotifierMetrics metrics = new NotifierMetrics(meters, new LaneBoard(), () -> now);
    return new TicketRound(
        settings,
        new OurSide(
            new IncidentFeed(incidents, watchList, () -> now),
            watchList,
            new Outbox(producer, watchList, metrics),
            metrics,
            () -> now));
  }

  private void resolve() {
    watchList.add(
        new IncidentEvent.Resolved(
            "inc_1", now, 1, IncidentEvent.Cause.ALL_CLEAR, "tocsin", "detection"));
  }

  private TicketRound after(Duration time) {
    now = now.plus(time);
    return round;
  }

  private List<Command> commands() {
    return values(Topics.COMMANDS).stream().map(Command.class::cast).toList();
  }

  private List<?> values(Topic<?> topic) {
    return producer.history().stream()
        .filter(record -> record.topic().equals(topic.name()))
        .map(record -> topic.valueSerde().deserializer().deserialize("any", record.value()))
        .toList();
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
