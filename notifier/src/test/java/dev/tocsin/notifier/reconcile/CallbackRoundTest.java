// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import static dev.tocsin.notifier.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.reconcile.Names.Answer;
import dev.tocsin.notifier.watch.LaneBoard;
import dev.tocsin.notifier.watch.NotifierMetrics;
import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.callback.Change;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.deadletter.DeadLetterHeaders;
import dev.tocsin.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallbackRoundTest {

  private static final TopicPartition CALLBACKS = new TopicPartition(Topics.CALLBACKS.name(), 0);
  private static final TopicPartition INCIDENTS = new TopicPartition(Topics.INCIDENTS.name(), 0);

  private MockConsumer<byte[], byte[]> callbacks = new MockConsumer<>("earliest");
  private final MockConsumer<byte[], byte[]> incidents = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Asked pagerDuty = new Asked();
  private final WatchList watchList = new WatchList();
  private CallbackRound round;
  private long written;

  /** A vendor that answers what it is told to. */
  private static final class Asked implements Names {

    private final Queue<Answer> answers = new ArrayDeque<>();
    private int questions;

    @Override
    public Answer mark(String object) {
      questions++;
      return answers.isEmpty() ? new Answer.NotOurs() : answers.remove();
    }

    @Override
    public boolean isByUs(Callback callback, Change.Noted noted) {
      return noted.text().startsWith("[Tocsin]");
    }
  }

  @BeforeEach
  void start() {
    Node node = new Node(0, "h", 1);
    incidents.updatePartitions(
        INCIDENTS.topic(),
        List.of(
            new PartitionInfo(INCIDENTS.topic(), 0, node, new Node[] {node}, new Node[] {node})));
    incidents.updateBeginningOffsets(Map.of(INCIDENTS, 0L));
    incidents.updateEndOffsets(Map.of(INCIDENTS, 0L));
    callbacks.updateBeginningOffsets(Map.of(CALLBACKS, 0L));
    watchList.add(WatchListTest.opened("inc_1"));
    round = round();
  }

  private CallbackRound round() {
    NotifierMetrics metrics = new NotifierMetrics(meters, new LaneBoard(), () -> NOON);
    return new CallbackRound(
        new CallbackFeed(callbacks),
        Map.of("pagerduty", pagerDuty),
        new CallbackRules(false),
        new OurSide(
            new IncidentFeed(incidents, watchList, () -> NOON),
            watchList,
            new Outbox(producer, watchList, metrics),
            metrics,
            () -> NOON));
  }

  @Test
  void whatIsTold_becomesACommandOnce_andIsDoneWith() throws Exception {
    come(callback("1", "tocsin-inc_1-1", new Change.Acknowledged()));
    come(callback("1", "tocsin-inc_1-1", new Change.Acknowledged()));

    assertThat(commands()).singleElement().isInstanceOf(Command.Acknowledge.class);
    assertThat(passed("repeated")).isEqualTo(1);
    assertThat(callbacks.committed(Set.of(CALLBACKS)).get(CALLBACKS).offset()).isEqualTo(2);
  }

  @Test
  void repeat_isKnownAfterARestart() throws Exception {
    come(callback("1", "tocsin-inc_1-1", new Change.Noted("n1", "looking")));
    assertThat(commands()).hasSize(1);

    callbacks =
        new MockConsumer<>("earliest") {
          @Override
          public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
              Set<TopicPartition> partitions) {
            return Map.of(CALLBACKS, new OffsetAndMetadata(1));
          }
        };
    callbacks.updateBeginningOffsets(Map.of(CALLBACKS, 0L));
    producer.clear();
    round = round();
    assign();
    replay(callback("1", "tocsin-inc_1-1", new Change.Noted("n1", "looking")), 0);
    come(callback("1", "tocsin-inc_1-1", new Change.Noted("n1", "looking")));
    come(callback("2", "tocsin-inc_1-1", new Change.Noted("n2", "done")));

    assertThat(commands()).hasSize(1);
    assertThat(passed("repeated")).isEqualTo(1);
  }

  @Test
  void whatTheMessageDoesNotName_isAskedFor_andRemembered() throws Exception {
    pagerDuty.answers.add(new Answer.Ours(new Mark("inc_1", 1)));
    come(callback("1", null, new Change.Noted("n1", "looking")));
    come(callback("2", null, new Change.Noted("n2", "still looking")));
    assertThat(commands()).hasSize(2);
    assertThat(pagerDuty.questions).isEqualTo(1);
  }

  @Test
  void pagesOfOthers_areNobodysBusiness() throws Exception {
    come(callback("1", "their-key", new Change.Resolved("resolved")));
    come(callback("2", null, new Change.Resolved("resolved")));
    come(callback("3", "tocsin-inc_9-1", new Change.Resolved("resolved")));
    assertThat(commands()).isEmpty();
    assertThat(passed("not_ours")).isEqualTo(2);
    assertThat(passed("unknown_incident")).isEqualTo(1);
  }

  @Test
  void ourOwnNote_isNotSaidAgain() throws Exception {
    come(callback("1", "tocsin-inc_1-1", new Change.Noted("n1", "[Tocsin] Severity raised")));
    assertThat(commands()).isEmpty();
    assertThat(passed("by_us")).isEqualTo(1);
  }

  @Test
  void ourOwnResolve_isNoNews_sinceTheIncidentIsReadFirst() throws Exception {
    write(WatchListTest.resolved("inc_1"));
    come(callback("1", "tocsin-inc_1-1", new Change.Resolved("resolved")));
    assertThat(commands()).isEmpty();
    assertThat(passed("no_change")).isEqualTo(1);
  }

  @Test
  void vendorThatDoesNotAnswer_isAskedAFewTimes_thenAPersonIs() throws Exception {
    Answer failed = new Answer.Failed(new Fault("500", "500 oops"));
    pagerDuty.answers.addAll(List.of(failed, failed, failed, failed, failed));
    Callback callback = callback("1", null, new Change.Noted("n1", "looking"));
    come(callback);
    for (int again = 1; again < 5; again++) {
      assertThat(producer.history()).isEmpty();
      replay(callback, 0);
    }
    assertThat(producer.history())
        .singleElement()
        .satisfies(letter -> assertThat(letter.topic()).isEqualTo(Topics.deadLetters("notifier")));

    // Sent through again, it is not taken for a repeat.
    pagerDuty.answers.add(new Answer.Ours(new Mark("inc_1", 1)));
    RecordHeaders headers = new RecordHeaders();
    headers.add(DeadLetterHeaders.CAUSE, "500 oops".getBytes(StandardCharsets.UTF_8));
    come(callback, headers);
    assertThat(commands()).hasSize(1);
  }

  private static Callback callback(String id, String mark, Change change) {
    return new Callback(id, "pagerduty", "Q1", mark, change, "Ada", NOON, NOON);
  }

  private void come(Callback callback) throws Exception {
    come(callback, new RecordHeaders());
  }

  private void come(Callback callback, RecordHeaders headers) throws Exception {
    assign();
    add(callback, headers, written++);
    round.next();
  }

  /** The consumer went back, and gets it once more. */
  private void replay(Callback callback, long offset) throws Exception {
    add(callback, new RecordHeaders(), offset);
    round.next();
  }

  private void add(Callback callback, RecordHeaders headers, long offset) {
    byte[] value = Topics.CALLBACKS.valueSerde().serializer().serialize("any", callback);
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            CALLBACKS.topic(),
            0,
            offset,
            0L,
            org.apache.kafka.common.record.TimestampType.CREATE_TIME,
            0,
            value.length,
            new byte[0],
            value,
            headers,
            java.util.Optional.empty());
    callbacks.schedulePollTask(() -> callbacks.addRecord(record));
  }

  /** The first round subscribes; then the broker hands out the partition. */
  private void assign() throws Exception {
    if (callbacks.assignment().isEmpty()) {
      round.next();
      callbacks.rebalance(List.of(CALLBACKS));
    }
  }

  private void write(dev.tocsin.schemas.incident.IncidentEvent event) {
    byte[] value = Topics.INCIDENTS.valueSerde().serializer().serialize("any", event);
    incidents.updateEndOffsets(Map.of(INCIDENTS, 1L));
    incidents.schedulePollTask(
        () ->
            incidents.addRecord(new ConsumerRecord<>(INCIDENTS.topic(), 0, 0, new byte[0], value)));
  }

  private List<Command> commands() {
    return producer.history().stream()
        .filter(record -> record.topic().equals(Topics.COMMANDS.name()))
        .map(
            record ->
                Topics.COMMANDS.valueSerde().deserializer().deserialize("any", record.value()))
        .toList();
  }

  private double passed(String reason) {
    return meters.get("tocsin.callbacks.passed").tag("reason", reason).counter().count();
  }
}
