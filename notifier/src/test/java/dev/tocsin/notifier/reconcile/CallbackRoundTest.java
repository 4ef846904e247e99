// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import static dev.tocsin.notifier.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.reconcile.Names.Answer;
import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.callback.Change;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.deadletter.DeadLetterHeaders;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallbackRoundTest {

  private static final TopicPartition CALLBACKS = new TopicPartition(Topics.CALLBACKS.name(), 0);

  private MockConsumer<byte[], byte[]> callbacks = new MockConsumer<>("earliest");
  private final Asked pagerDuty = new Asked();
  private final WithoutBroker here = new WithoutBroker();
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
    callbacks.updateBeginningOffsets(Map.of(CALLBACKS, 0L));
    here.watchList.add(WatchListTest.opened("inc_1"));
    round = round();
  }

  private CallbackRound round() {
    return new CallbackRound(
        new CallbackFeed(callbacks),
        Map.of("pagerduty", pagerDuty, "slack", new PostNames()),
        new CallbackRules(false),
        here.side(() -> NOON));
  }

  @Test
  void whatIsTold_becomesACommandOnce_andIsDoneWith() throws Exception {
    come(callback("1", "tocsin-inc_1-1", new Change.Acknowledged()));
    come(callback("1", "tocsin-inc_1-1", new Change.Acknowledged()));

    assertThat(here.commands()).singleElement().isInstanceOf(Command.Acknowledge.class);
    assertThat(passed("repeated")).isEqualTo(1);
    assertThat(callbacks.committed(Set.of(CALLBACKS)).get(CALLBACKS).offset()).isEqualTo(2);
  }

  @Test
  void repeat_isKnownAfterARestart() throws Exception {
    come(callback("1", "tocsin-inc_1-1", new Change.Noted("n1", "looking")));
    assertThat(here.commands()).hasSize(1);

    callbacks =
        new MockConsumer<>("earliest") {
          @Override
          public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
              Set<TopicPartition> partitions) {
            return Map.of(CALLBACKS, new OffsetAndMetadata(1));
          }
        };
    callbacks.updateBeginningOffsets(Map.of(CALLBACKS, 0L));
    round = round();
    assign();
    replay(callback("1", "tocsin-inc_1-1", new Change.Noted("n1", "looking")), 0);
    come(callback("1", "tocsin-inc_1-1", new Change.Noted("n1", "looking")));
    come(callback("2", "tocsin-inc_1-1", new Change.Noted("n2", "done")));

    assertThat(here.commands()).as("the first, and the second").hasSize(2);
    assertThat(passed("repeated")).isEqualTo(1);
  }

  @Test
  void whatTheMessageDoesNotName_isAskedFor_andRemembered() throws Exception {
    pagerDuty.answers.add(new Answer.Ours(new Mark("inc_1", 1)));
    come(callback("1", null, new Change.Noted("n1", "looking")));
    come(callback("2", null, new Change.Noted("n2", "still looking")));
    assertThat(here.commands()).hasSize(2);
    assertThat(pagerDuty.questions).isEqualTo(1);
  }

  @Test
  void pagesOfOthers_areNobodysBusiness() throws Exception {
    come(callback("1", "their-key", new Change.Resolved("resolved")));
    come(callback("2", null, new Change.Resolved("resolved")));
    come(callback("3", "tocsin-inc_9-1", new Change.Resolved("resolved")));
    assertThat(here.commands()).isEmpty();
    assertThat(passed("not_ours")).isEqualTo(2);
    assertThat(passed("unknown_incident")).isEqualTo(1);
  }

  @Test
  void pressedButton_isOfTheIncidentInItsMark() throws Exception {
    come(press("1", "inc_1-1", new Change.Acknowledged()));
    come(press("2", "inc_1-1", new Change.Resolved("resolved")));

    assertThat(here.commands()).extracting(Command::via).containsExactly("slack", "slack");
    assertThat(here.commands().getLast()).isInstanceOf(Command.Resolve.class);
  }

  @ParameterizedTest
  @CsvSource({
    "inc_1-2,        no_change",
    "inc_1-0,        no_change",
    "inc_1,          no_change",
    "inc_9-1,        unknown_incident",
    "tocsin-inc_1-1, not_ours",
    "inc_1-one,      not_ours",
    "inc_1-,         not_ours",
    "1,              not_ours",
    ",               not_ours",
  })
  void buttonWithAnotherMark_doesNothing(String mark, String why) throws Exception {
    come(press("1", mark, new Change.Resolved("resolved")));

    assertThat(here.commands()).isEmpty();
    assertThat(passed(why)).isEqualTo(1);
  }

  @Test
  void ourOwnNote_isNotSaidAgain() throws Exception {
    come(callback("1", "tocsin-inc_1-1", new Change.Noted("n1", "[Tocsin] Severity raised")));
    assertThat(here.commands()).isEmpty();
    assertThat(passed("by_us")).isEqualTo(1);
  }

  @Test
  void ourOwnResolve_isNoNews_sinceTheIncidentIsReadFirst() throws Exception {
    here.happened(WatchListTest.resolved("inc_1"));
    come(callback("1", "tocsin-inc_1-1", new Change.Resolved("resolved")));
    assertThat(here.commands()).isEmpty();
    assertThat(passed("no_change")).isEqualTo(1);
  }

  @Test
  void vendorThatDoesNotAnswer_isAskedAFewTimes_thenAPersonIs() throws Exception {
    Answer failed = new Answer.Failed(new Fault("500", "500 oops"));
    pagerDuty.answers.addAll(List.of(failed, failed, failed, failed, failed));
    Callback callback = callback("1", null, new Change.Noted("n1", "looking"));
    come(callback);
    for (int again = 1; again < 5; again++) {
      assertThat(here.records()).isEmpty();
      replay(callback, 0);
    }
    assertThat(here.records())
        .singleElement()
        .satisfies(letter -> assertThat(letter.topic()).isEqualTo(Topics.deadLetters("notifier")));

    // Sent through again, it is not taken for a repeat.
    pagerDuty.answers.add(new Answer.Ours(new Mark("inc_1", 1)));
    RecordHeaders headers = new RecordHeaders();
    headers.add(DeadLetterHeaders.CAUSE, "500 oops".getBytes(StandardCharsets.UTF_8));
    come(callback, headers);
    assertThat(here.commands()).hasSize(1);
  }

  private static Callback callback(String id, String mark, Change change) {
    return new Callback(id, "pagerduty", "Q1", mark, change, "Ada", NOON, NOON);
  }

  private static Callback press(String id, String mark, Change change) {
    return new Callback(id, "slack", "C1:17." + id, mark, change, "ana", NOON, NOON);
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

  private double passed(String reason) {
    return here.meters.get("tocsin.callbacks.passed").tag("reason", reason).counter().count();
  }
}
