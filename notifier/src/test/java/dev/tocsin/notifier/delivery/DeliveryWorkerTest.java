// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.delivery;

import static dev.tocsin.notifier.Samples.NOON;
import static dev.tocsin.notifier.Samples.REPEATING;
import static dev.tocsin.notifier.Samples.page;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.tocsin.notifier.Samples.Scripted;
import dev.tocsin.notifier.channel.ChannelCatalog;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class DeliveryWorkerTest {

  private static final TopicPartition PARTITION = new TopicPartition(Topics.ATTEMPTS.name(), 0);

  @TempDir private Path directory;

  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final BlockingQueue<AttemptResult> reports = new LinkedBlockingQueue<>();
  private final MockProducer<String, AttemptResult> producer =
      new MockProducer<>(
          true,
          null,
          Topics.ATTEMPT_RESULTS.keySerde().serializer(),
          Topics.ATTEMPT_RESULTS.valueSerde().serializer()) {
        @Override
        public Future<RecordMetadata> send(
            ProducerRecord<String, AttemptResult> report, Callback callback) {
          Future<RecordMetadata> sent = super.send(report, callback);
          reports.add(report.value());
          return sent;
        }
      };
  private final AtomicBoolean ready = new AtomicBoolean(true);
  private DeliveryWorker worker;

  @AfterEach
  void stop() {
    worker.stop();
  }

  private void start(
      Function<Attempt, Outcome> answer, List<ConsumerRecord<String, byte[]>> records) {
    start(() -> {}, answer, records);
  }

  private void start(
      Runnable before,
      Function<Attempt, Outcome> answer,
      List<ConsumerRecord<String, byte[]>> records) {
    consumer.schedulePollTask(
        () -> {
          consumer.rebalance(List.of(PARTITION));
          consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
          before.run();
          for (ConsumerRecord<String, byte[]> record : records) {
            consumer.addRecord(record);
          }
        });
    worker =
        new DeliveryWorker(
            directory,
            Duration.ZERO,
            () -> consumer,
            () -> producer,
            new ChannelCatalog(List.of(new Scripted("pagerduty", REPEATING, answer))),
            InstantSource.fixed(NOON),
            ready::get);
    worker.start();
  }

  private static ConsumerRecord<String, byte[]> record(long offset, byte[] value) {
    return new ConsumerRecord<>(PARTITION.topic(), 0, offset, "att_" + offset, value);
  }

  private static ConsumerRecord<String, byte[]> attempt(long offset) {
    return attempt(offset, NOON);
  }

  private static ConsumerRecord<String, byte[]> attempt(long offset, Instant issuedAt) {
    Attempt attempt =
        new Attempt(
            "att_" + offset,
            1,
            Attempt.Mode.SEND,
            issuedAt,
            issuedAt.plusSeconds(30),
            null,
            page("inc" + offset));
    ConsumerRecord<String, byte[]> record = record(offset, Json.MAPPER.writeValueAsBytes(attempt));
    record.headers().add("traceparent", ("trace-" + offset).getBytes(StandardCharsets.UTF_8));
    return record;
  }

  private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
    T taken = queue.poll(20, TimeUnit.SECONDS);
    assertThat(taken).isNotNull();
    return taken;
  }

  @Test
  void workerThatMissedARebalance_saysSoWithoutATrace() throws InterruptedException {
    BlockingQueue<ILoggingEvent> said = new LinkedBlockingQueue<>();
    Logger log = (Logger) LoggerFactory.getLogger(DeliveryWorker.class);
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            said.add(event);
          }
        };
    appender.start();
    log.addAppender(appender);
    try {
      start(
          () -> consumer.setPollException(new CommitFailedException()),
          _ -> new Outcome.Delivered("R-1"),
          List.of());
      ILoggingEvent first = take(said);

      assertThat(first.getFormattedMessage())
          .isEqualTo(
              "attempts are not read for a moment: held up or cut off for longer than its group"
                  + " waits, the worker joins it again");
      assertThat(first.getThrowableProxy()).isNull();
    } finally {
      log.detachAppender(appender);
    }
  }

  @Test
  void offset_isCommittedBeforeTheCall() throws InterruptedException {
    BlockingQueue<Long> committedAtCall = new LinkedBlockingQueue<>();
    start(
        _ -> {
          committedAtCall.add(consumer.committed(Set.of(PARTITION)).get(PARTITION).offset());
          return new Outcome.Delivered("R-1");
        },
        List.of(attempt(0)));
    assertThat(take(committedAtCall)).isEqualTo(1);
  }

  @Test
  void attemptOfAnEarlierLife_isLeftToItsLease_whereNobodyKnowsWhetherItWasMade()
      throws InterruptedException {
    BlockingQueue<String> called = new LinkedBlockingQueue<>();
    start(
        attempt -> {
          called.add(attempt.id());
          return new Outcome.Delivered("R-1");
        },
        List.of(attempt(0, NOON.minusSeconds(1)), attempt(1)));
    assertThat(take(called)).isEqualTo("att_1");
    worker.stop();
    assertThat(called).isEmpty();
  }

  @Test
  void attemptOfAnEarlierLife_isMade_whereItIsKnownThatNobodyTookIt() throws InterruptedException {
    BlockingQueue<String> called = new LinkedBlockingQueue<>();
    start(
        () -> consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(0))),
        attempt -> {
          called.add(attempt.id());
          return new Outcome.Delivered("R-1");
        },
        List.of(attempt(0, NOON.minusSeconds(1))));
    assertThat(take(called)).isEqualTo("att_0");
  }

  @Test
  void attemptThatAKillCutOff_isReportedByTheNextStart_once() throws InterruptedException {
    ConsumerRecord<String, byte[]> cutOff = attempt(0, NOON.minusSeconds(7));
    try (UnderWay killed = UnderWay.in(directory)) {
      killed.begin("att_0", cutOff.value());
    }
    start(_ -> new Outcome.Delivered("R-1"), List.of());
    AttemptResult report = take(reports);

    assertThat(report.attemptId()).isEqualTo("att_0");
    assertThat(report.endpoint()).isEqualTo("pagerduty/default");
    assertThat(report.startedAt()).isEqualTo(NOON.minusSeconds(7));
    assertThat(report.outcome())
        .isEqualTo(
            new Outcome.Unknown(Reason.WORKER_ENDED, "the process ended while it was under way"));
    worker.stop();
    try (UnderWay next = UnderWay.in(directory)) {
      assertThat(next.left()).isEmpty();
    }
  }

  @Test
  void attempt_isNotedWhileItIsMade_andNotBeyond() throws InterruptedException {
    BlockingQueue<List<String>> notedAtCall = new LinkedBlockingQueue<>();
    start(
        _ -> {
          notedAtCall.add(noted());
          return new Outcome.Delivered("R-1");
        },
        List.of(attempt(0)));
    assertThat(take(notedAtCall)).containsExactly("att_0.json", "lock");
    assertThat(take(reports).attemptId()).isEqualTo("att_0");
    worker.stop();
    assertThat(noted()).containsExactly("lock");
  }

  private List<String> noted() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void hangingCall_holdsUpNoOther() throws InterruptedException {
    CountDownLatch hanging = new CountDownLatch(1);
    BlockingQueue<String> called = new LinkedBlockingQueue<>();
    start(
        attempt -> {
          if (attempt.id().equals("att_0")) {
            awaitQuietly(hanging);
          }
          called.add(attempt.id());
          return new Outcome.Delivered("R-1");
        },
        List.of(attempt(0), attempt(1)));
    assertThat(take(called)).isEqualTo("att_1");
    hanging.countDown();
    assertThat(take(called)).isEqualTo("att_0");
  }

  @Test
  void stop_waitsForTheCallsUnderWayAndTheirResults() throws InterruptedException {
    CountDownLatch underWay = new CountDownLatch(1);
    CountDownLatch slow = new CountDownLatch(1);
    start(
        _ -> {
          underWay.countDown();
          awaitQuietly(slow);
          return new Outcome.Delivered("R-1");
        },
        List.of(attempt(0)));
    assertThat(underWay.await(20, TimeUnit.SECONDS)).isTrue();
    Thread stopping = Thread.ofVirtual().start(worker::stop);
    slow.countDown();
    stopping.join();

    List<ProducerRecord<String, AttemptResult>> reports = producer.history();
    assertThat(reports).hasSize(1);
    assertThat(reports.getFirst().key()).isEqualTo("pagerduty/default");
    assertThat(reports.getFirst().value().attemptId()).isEqualTo("att_0");
    assertThat(reports.getFirst().headers().lastHeader("traceparent").value())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("trace-0");
    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void unreadableAttempt_stopsNothing() throws InterruptedException {
    BlockingQueue<String> called = new LinkedBlockingQueue<>();
    start(
        attempt -> {
          called.add(attempt.id());
          return new Outcome.Delivered("R-1");
        },
        List.of(record(0, new byte[] {'?'}), attempt(1)));
    assertThat(take(called)).isEqualTo("att_1");
  }

  @Test
  void worker_readsNothingBeforeTheChannelsKnowTheirEndpoints() throws InterruptedException {
    BlockingQueue<Boolean> readyAtCall = new LinkedBlockingQueue<>();
    ready.set(false);
    start(
        _ -> {
          readyAtCall.add(ready.get());
          return new Outcome.Delivered("R-1");
        },
        List.of(attempt(0)));
    assertThat(consumer.subscription()).isEmpty();
    ready.set(true);
    assertThat(take(readyAtCall)).isTrue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
