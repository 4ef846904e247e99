// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.kafka.KafkaFile;
import dev.tocsin.kafka.TestBroker;
import dev.tocsin.kafka.clock.SetBack;
import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.kafka.timer.TimerQueue;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** A topology that hands on what it reads, on a real broker and with the file every service has. */
class StreamsServiceTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path dir;

  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger starts = new AtomicInteger();
  private final AtomicReference<Duration> behind = new AtomicReference<>(Duration.ZERO);
  private String name;
  private Topic<AuditEntry> in;
  private StreamsService service;
  private StreamsHealth health;

  @BeforeEach
  void start(TestInfo test) throws Exception {
    name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    in = topic(name + "-in");
    try (Admin admin = Admin.create(TestBroker.clients())) {
      admin
          .createTopics(
              Stream.of(in.name(), name + "-out", Topics.deadLetters(name))
                  .map(topic -> new NewTopic(topic, 1, (short) 1))
                  .toList())
          .all()
          .get();
    }
    InstantSource machine = () -> InstantSource.system().instant().minus(behind.get());
    service =
        new StreamsService(name, topology(), config(), new SetBack(machine, System::nanoTime));
    health = new StreamsHealth(service);
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop();
  }

  @Test
  void started_runs_andStopped_isDown() {
    send("a", entry("a"));
    assertThat(read(name + "-out", 1)).containsExactly("a");
    assertThat(service.isRunning()).isTrue();
    await().atMost(SOON).until(service::state, KafkaStreams.State.RUNNING::equals);
    assertThat(health.health()).isEqualTo(Health.up().withDetail("state", "RUNNING").build());
    service.stop();
    assertThat(service.isRunning()).isFalse();
    assertThat(health.health()).isEqualTo(Health.down().withDetail("state", "NOT_RUNNING").build());
  }

  @Test
  void stopped_startsAgain() {
    service.stop();
    service.start();
    send("a", entry("a"));
    assertThat(read(name + "-out", 1)).containsExactly("a");
    failures.set(1);
    send("fail", entry("fail"));
    assertThat(read(name + "-out", 2)).containsExactly("a", "fail");
  }

  @Test
  void deadThread_comesBack_withEachRecordOnce() {
    failures.set(2);
    send("a", entry("a"));
    send("fail", entry("fail"));
    send("b", entry("b"));
    assertThat(read(name + "-out", 3)).containsExactly("a", "fail", "b");
    await().atMost(SOON).until(service::state, KafkaStreams.State.RUNNING::equals);
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    assertThat(health.health().getDetails()).containsKey("lastFailure");
  }

  @Test
  @Tag("bad-input-62")
  void overflownStack_comesBack() {
    failures.set(1);
    send("overflow", entry("overflow"));
    assertThat(read(name + "-out", 1)).containsExactly("overflow");
  }

  @Test
  void clockSetBack_startsAnew_withEachRecordOnce() {
    send("a", entry("a"));
    assertThat(read(name + "-out", 1)).containsExactly("a");
    behind.set(Duration.ofMinutes(5));
    await().atMost(SOON).until(() -> starts.get() == 2);
    send("b", entry("b"));
    assertThat(read(name + "-out", 2)).containsExactly("a", "b");
    assertThat(health.health().getDetails()).doesNotContainKey("lastFailure");
  }

  @Test
  void clientThatKeepsFailing_isDown_untilItIsStopped() {
    failures.set(Integer.MAX_VALUE);
    send("fail", entry("fail"));
    await().atMost(SOON).until(service::state, KafkaStreams.State.ERROR::equals);
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(String.valueOf(health.health().getDetails().get("lastFailure"))).isNotEmpty();
    service.stop();
    KafkaStreams.State stopped = service.state();
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(5))
        .until(service::state, stopped::equals);
    assertThat(service.isRunning()).isFalse();
  }

  @Test
  void poison_isADeadLetter_inTheTransactionThatMovesOn() {
    send("a", entry("a"));
    send("poison", "{".getBytes(UTF_8));
    send("b", entry("b"));
    assertThat(read(name + "-out", 2)).containsExactly("a", "b");
    assertThat(read(Topics.deadLetters(name), 1)).containsExactly("poison");
  }

  private Topology topology() {
    Topology topology = new Topology();
    Nodes.source(topology, "entries", in);
    topology.addProcessor("hand-on", HandOn::new, "entries");
    topology.addStateStore(Shelf.store("memory"), "hand-on");
    return Nodes.sink(topology, "handed-on", topic(name + "-out"), "hand-on");
  }

  /** Fails as often as told, after it has forwarded and put: neither may be seen. */
  private final class HandOn extends ContextualProcessor<String, AuditEntry, String, AuditEntry> {

    @Override
    public void init(ProcessorContext<String, AuditEntry> context) {
      super.init(context);
      starts.incrementAndGet();
    }

    @Override
    public void process(Record<String, AuditEntry> record) {
      KeyValueStore<Bytes, byte[]> store = context().getStateStore("memory");
      new TimerQueue(new Shelf(store, "timers"))
          .set(Instant.ofEpochMilli(record.timestamp()), record.key());
      context().forward(record);
      switch (record.key()) {
        case "fail" -> {
          if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("told to fail");
          }
        }
        case "overflow" -> {
          if (failures.getAndDecrement() > 0) {
            throw new StackOverflowError("told to overflow");
          }
        }
        default -> {}
      }
    }
  }

  private Map<String, Object> config() {
    Map<String, Object> own = new HashMap<>();
    own.put("spring.application.name", name);
    own.put("spring.kafka.bootstrap-servers", TestBroker.address());
    own.put("spring.kafka.streams.application-id", name);
    own.put("spring.kafka.streams.state-dir", dir.toString());
    return KafkaFile.boundWith(own).buildStreamsProperties();
  }

  private static Topic<AuditEntry> topic(String name) {
    return new Topic<>(
        name,
        AuditEntry.class,
        Topic.Cleanup.DELETE,
        Duration.ofDays(1),
        Topics.AUDIT.attributes());
  }

  private static byte[] entry(String id) {
    AuditEntry entry = new AuditEntry(id, "admin", "look", "inc_a", "", Instant.EPOCH);
    return Topics.AUDIT.valueSerde().serializer().serialize("any", entry);
  }

  private void send(String key, byte[] value) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            TestBroker.clients(), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(in.name(), key.getBytes(UTF_8), value));
    }
  }

  /** The keys of the first committed records of a topic; more than wanted come too, if any do. */
  private static List<String> read(String topic, int wanted) {
    Map<String, Object> config = TestBroker.clients();
    config.put("isolation.level", "read_committed");
    List<String> keys = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      await()
          .atMost(SOON)
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(record -> keys.add(new String(record.key(), UTF_8)));
                return keys.size() >= wanted;
              });
    }
    return keys;
  }
}
