// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.console.ConsoleMetrics;
import dev.tocsin.console.Samples;
import dev.tocsin.console.alert.Alerts;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listener over a log in memory: started, stopped, started again. */
class ViewListenerTest {

  private static final TopicPartition ALERTS = new TopicPartition(Topics.ALERTS.name(), 0);
  private static final long SOON = 10_000;

  @TempDir Path directory;

  private final List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private long begin;
  private String cluster = "cluster-1";
  private ViewStore store;
  private Position position;
  private ViewListener listener;

  @BeforeEach
  void open() {
    store = new ViewStore(directory);
    start();
  }

  @AfterEach
  void close() {
    listener.stop();
    store.close();
  }

  private void start() {
    position = new Position();
    listener =
        new ViewListener(
            this::reader,
            () -> new Origin(cluster, List.of(ALERTS)),
            List.copyOf(Alerts.folds()),
            store,
            position,
            new ConsoleMetrics(meters));
    listener.start();
  }

  /** A consumer of what the log holds by now. */
  private MockConsumer<byte[], byte[]> reader() {
    MockConsumer<byte[], byte[]> reader = new MockConsumer<>("none");
    reader.updateBeginningOffsets(Map.of(ALERTS, begin));
    reader.updateEndOffsets(Map.of(ALERTS, begin + log.size()));
    reader.schedulePollTask(
        () ->
            log.stream()
                .filter(record -> record.offset() >= reader.position(ALERTS))
                .forEach(reader::addRecord));
    return reader;
  }

  private void restart() {
    listener.stop();
    start();
  }

  private void append(Alert alert) {
    append(Topics.ALERTS.valueSerde().serializer().serialize(ALERTS.topic(), alert));
  }

  private void append(byte[] value) {
    log.add(
        new ConsumerRecord<>(
            ALERTS.topic(), 0, begin + log.size(), "g".getBytes(StandardCharsets.UTF_8), value));
  }

  private long accepted() {
    return Counters.of(store).sum(Alerts.ACCEPTED);
  }

  private void awaitOffset(long offset) {
    assertThat(position.awaitRead(ALERTS.topic(), 0, offset, SOON)).isTrue();
  }

  @Test
  void restart_goesOnWhereItStopped() {
    append(Samples.alert("r-0"));
    append(Samples.alert("r-1"));
    restart();
    awaitOffset(1);
    append(Samples.alert("r-2"));
    restart();
    awaitOffset(2);
    assertThat(accepted()).isEqualTo(3);
    assertThat(records()).as("each record is read once").isEqualTo(3);
    assertThat(position.isCurrent()).isTrue();
  }

  @Test
  void unreadableRecord_isPassedOverAndCounted() {
    append("{oops".getBytes(StandardCharsets.UTF_8));
    append(Samples.alert("r-0"));
    restart();
    awaitOffset(1);
    assertThat(accepted()).isEqualTo(1);
    assertThat(meters.get("tocsin.console.view.unreadable").counter().count()).isEqualTo(1);
    assertThat(listener.failure()).isNull();
  }

  @Test
  void otherCluster_buildsTheViewAnew() {
    append(Samples.alert("r-0"));
    restart();
    awaitOffset(0);
    listener.stop();
    log.clear();
    cluster = "cluster-2";
    append(Samples.alert("other-0"));
    append(Samples.alert("other-1"));
    start();
    awaitOffset(1);
    assertThat(new Alerts(store).unexplained(10))
        .extracting(Alerts.Unexplained::id)
        .containsExactly("other-0", "other-1");
    assertThat(accepted()).isEqualTo(2);
  }

  @Test
  void topicThatMovedOn_buildsTheViewAnew() {
    append(Samples.alert("r-0"));
    restart();
    awaitOffset(0);
    listener.stop();
    log.clear();
    begin = 100;
    append(Samples.alert("later-0"));
    start();
    awaitOffset(100);
    assertThat(accepted()).isEqualTo(1);
  }

  @Test
  void deletedDirectory_isBuiltFromTheTopics() {
    append(Samples.alert("r-0"));
    restart();
    awaitOffset(0);
    listener.stop();
    store.clear();
    start();
    awaitOffset(0);
    assertThat(accepted()).isEqualTo(1);
  }

  private double records() {
    return meters.get("tocsin.console.view.records").counter().count();
  }
}
