// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static dev.tocsin.ingest.AlertWriter.Durable.KAFKA;
import static dev.tocsin.ingest.AlertWriter.Durable.SPOOL;
import static dev.tocsin.ingest.refusal.RefusalReason.NOT_DURABLE;
import static dev.tocsin.testkit.alert.SampleAlerts.API_DOWN;
import static dev.tocsin.testkit.alert.SampleAlerts.API_SLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.ingest.AlertReader.Reading;
import dev.tocsin.ingest.FakeKafka.Mode;
import dev.tocsin.ingest.refusal.Refusal;
import dev.tocsin.ingest.spool.Drain;
import dev.tocsin.ingest.spool.KafkaLog;
import dev.tocsin.ingest.spool.Spool;
import dev.tocsin.ingest.spool.SpoolSettings;
import dev.tocsin.schemas.topic.Topics;
import dev.tocsin.testkit.alert.SampleMessages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The way to disk and from there to Kafka, whatever Kafka does. */
class DurabilityTest {

  private static final SpoolSettings SETTINGS =
      new SpoolSettings(Duration.ofMillis(20), DataSize.ofMegabytes(16));

  @TempDir Path directory;
  private final FakeKafka broker = new FakeKafka();
  private final Semaphore drained = new Semaphore(0);
  private KafkaLog kafka;
  private Spool spool;
  private Drain drain;
  private AlertWriter writer;

  @BeforeEach
  void start() {
    kafka = new KafkaLog(broker::send, topic -> {});
    kafka.open();
    spool = new Spool(directory, SETTINGS);
    drain =
        new Drain(spool, kafka, Duration.ofMillis(5), (source, count) -> drained.release(count));
    writer = new AlertWriter(kafka, spool, SETTINGS.after());
  }

  @AfterEach
  void stop() {
    drain.close();
    spool.close();
  }

  @Test
  void confirmedInTime_touchesNoDisk() {
    assertThat(write("grafana", "rcp_a")).isEqualTo(KAFKA);

    assertThat(spool.bytes()).isZero();
    assertThat(receipts()).containsExactly("rcp_a", "rcp_a");
  }

  @Test
  void confirmedLate_isNotWrittenAgain() throws Exception {
    broker.is(Mode.SILENT);
    assertThat(write("grafana", "rcp_a")).isEqualTo(SPOOL);
    broker.is(Mode.THERE);
    broker.confirmHeld();

    drain.start();
    awaitDrained(1);

    assertThat(receipts()).containsExactly("rcp_a", "rcp_a");
    assertThat(spool.messages()).isZero();
  }

  @Test
  void confirmationLost_isWrittenAgainAsTheSameBytes() throws Exception {
    broker.is(Mode.SILENT);
    write("grafana", "rcp_a");
    broker.is(Mode.THERE);
    broker.loseConfirmations();

    drain.start();
    awaitDrained(1);

    List<ProducerRecord<byte[], byte[]>> log = broker.log();
    assertThat(log).hasSize(4);
    for (int i = 0; i < 2; i++) {
      assertThat(log.get(i + 2)).usingRecursiveComparison().isEqualTo(log.get(i));
    }
  }

  @Test
  void whatComesLater_waitsBehindWhatIsOnDisk() throws Exception {
    broker.is(Mode.AWAY);
    write("grafana", "rcp_0");
    broker.is(Mode.THERE);

    for (int i = 1; i < 20; i++) {
      assertThat(write("grafana", "rcp_" + i)).isEqualTo(SPOOL);
    }
    assertThat(write("alertmanager", "rcp_other")).as("is held up by no other").isEqualTo(KAFKA);
    drain.start();
    awaitDrained(20);

    assertThat(receipts().stream().filter(r -> !r.equals("rcp_other")).distinct())
        .isEqualTo(IntStream.range(0, 20).mapToObj(i -> "rcp_" + i).toList());
    assertThat(write("grafana", "rcp_20")).isEqualTo(KAFKA);
  }

  @Test
  void brokerAway_isNotTriedForEachMessage_andIsFoundWhenItIsBack() throws Exception {
    broker.is(Mode.AWAY);
    for (int i = 0; i < 50; i++) {
      write("source" + i, "rcp_" + i);
    }
    assertThat(broker.tried()).as("three in a row are enough").isEqualTo(3 * 2);

    drain.start();
    broker.is(Mode.THERE);
    awaitDrained(50);

    assertThat(kafka.isAway()).isFalse();
    // A message that was tried while the broker came back may be there twice: detection knows it.
    assertThat(receipts()).hasSizeGreaterThanOrEqualTo(100);
    assertThat(receipts().stream().distinct()).hasSize(50);
  }

  @Test
  void killedWithMessagesOnDisk_theNextRunDrainsThem() throws Exception {
    broker.is(Mode.AWAY);
    for (int i = 0; i < 5; i++) {
      write("grafana", "rcp_" + i);
    }
    stop();
    broker.is(Mode.THERE);
    start();
    assertThat(write("grafana", "rcp_5")).as("waits behind them").isEqualTo(SPOOL);

    drain.start();
    awaitDrained(6);

    assertThat(receipts().stream().distinct())
        .containsExactly("rcp_0", "rcp_1", "rcp_2", "rcp_3", "rcp_4", "rcp_5");
  }

  @Test
  void killedInTheMiddleOfDraining_losesNothing() throws Exception {
    broker.is(Mode.AWAY);
    for (int i = 0; i < 40; i++) {
      write("grafana", "rcp_" + i);
    }
    int left = 40;
    for (int life = 0; life < 4; life++) {
      broker.takes(13); // Six messages, and one of the two alerts of the seventh.
      drain.start();
      awaitDrained(6);
      stop();
      left -= 6;
      start();
      assertThat(spool.messages()).isEqualTo(left);
    }
    broker.takes(Integer.MAX_VALUE);
    drain.start();
    awaitDrained(left);

    assertThat(receipts().stream().distinct())
        .isEqualTo(IntStream.range(0, 40).mapToObj(i -> "rcp_" + i).toList());
    assertThat(receipts()).as("half of a message was written again, four times").hasSize(80 + 4);
  }

  @Test
  void refusedForGood_isKeptBesideAndHoldsUpNobody() throws Exception {
    broker.is(Mode.AWAY);
    write("grafana", "rcp_large");
    write("grafana", "rcp_next");
    broker.refuses(record -> receipt(record).equals("rcp_large"));
    broker.is(Mode.THERE);

    drain.start();
    awaitDrained(1);

    assertThat(receipts()).containsOnly("rcp_next");
    assertThat(directory.resolve("grafana/set-aside/rcp_large.refused")).isNotEmptyFile();
    assertThat(spool.setAside()).isEqualTo(1);
  }

  @Test
  void diskAndKafkaBothFail_isRefused() throws Exception {
    spool.of("grafana");
    Files.delete(directory.resolve("grafana/drained"));
    Files.delete(directory.resolve("grafana"));
    broker.is(Mode.AWAY);

    assertThatThrownBy(() -> write("grafana", "rcp_a"))
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.reason()).isEqualTo(NOT_DURABLE));
    assertThat(spool.messages()).isZero();
  }

  @Test
  void diskFails_andKafkaIsBackAfterAnOutage_isAccepted() throws Exception {
    spool.of("grafana");
    Files.delete(directory.resolve("grafana/drained"));
    Files.delete(directory.resolve("grafana"));
    broker.is(Mode.AWAY);
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> write("grafana", "rcp_a")).isInstanceOf(Refusal.class);
    }
    broker.is(Mode.THERE);

    assertThat(write("grafana", "rcp_a")).isEqualTo(KAFKA);
    assertThat(kafka.isAway()).isFalse();
  }

  @Test
  void topicsNotCheckedYet_nothingIsWrittenToThem() {
    KafkaLog unopened = new KafkaLog(broker::send, topic -> {});
    writer = new AlertWriter(unopened, spool, SETTINGS.after());

    assertThat(write("grafana", "rcp_a")).isEqualTo(SPOOL);
    assertThat(broker.tried()).isZero();
  }

  @Test
  void diskFailsAndKafkaIsSlow_isWaitedFor() throws Exception {
    spool.of("grafana");
    Files.delete(directory.resolve("grafana/drained"));
    Files.delete(directory.resolve("grafana"));
    broker.is(Mode.SILENT);
    Thread late =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (broker.tried() < 2) {
                    Thread.onSpinWait();
                  }
                  broker.confirmHeld();
                });

    assertThat(write("grafana", "rcp_a")).isEqualTo(KAFKA);
    late.join();
  }

  private AlertWriter.Durable write(String source, String receipt) {
    byte[] body = SampleMessages.grafana(API_DOWN, API_SLOW).getBytes(StandardCharsets.UTF_8);
    Arrival arrival = new Arrival(source, receipt, Readers.NOW, "00-trace", null, body);
    Reading reading = Readers.reader().read("grafana", arrival);
    return writer.write(arrival, reading);
  }

  private void awaitDrained(int messages) throws InterruptedException {
    assertThat(drained.tryAcquire(messages, 20, TimeUnit.SECONDS)).as("drained in time").isTrue();
  }

  private List<String> receipts() {
    List<String> all = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : broker.log()) {
      assertThat(record.topic()).isEqualTo(Topics.ALERTS.name());
      all.add(receipt(record));
    }
    return all;
  }

  private static String receipt(ProducerRecord<byte[], byte[]> record) {
    return new String(
        record.headers().lastHeader("tocsin_receipt").value(), StandardCharsets.UTF_8);
  }
}
