// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.launcher.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

  private static final TopicPartition READ = new TopicPartition("read", 0);

  @TempDir Path directory;

  @Test
  void startedAgainOnItsDirectory_keepsEverything() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      create(broker, "kept");
      write(broker, "kept", "first");
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      write(broker, "kept", "second");
      assertThat(read(broker, "kept", 2)).containsExactly("first", "second");
    }
  }

  /**
   * A broker that reads its groups twice takes the end of the first reading for that of the second.
   */
  @Test
  void startedAfterAKill_knowsWhereItsGroupsWere_howeverLongReadingThemTakes() throws Exception {
    Path killed = directory.resolve("killed");
    long records;
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("first"), 0);
        Admin admin = admin(broker)) {
      create(broker, "read");
      admin.alterConsumerGroupOffsets("reader", Map.of(READ, new OffsetAndMetadata(7))).all().get();
      records = records(admin, "__consumer_offsets");
      copy(directory.resolve("first"), killed);
    }
    try (HeldReading reading = new HeldReading();
        EmbeddedBroker broker = EmbeddedBroker.start(killed, 0);
        Admin admin = admin(broker);
        // Again, to be the first to close: a broker stops when it has read.
        HeldReading _ = reading) {
      // What it is told of its place comes before what it is told of this.
      create(broker, "later");
      write(broker, "later", "known");
      reading.goOnFor(Math.toIntExact(records));
      assertThat(admin.listConsumerGroupOffsets("reader").partitionsToOffsetAndMetadata().get())
          .containsExactly(Map.entry(READ, new OffsetAndMetadata(7)));
    }
  }

  @Test
  void portThatCannotBe_isRefusedBeforeAnythingStarts() throws Exception {
    for (int port : List.of(-1, 65_536)) {
      assertThatThrownBy(() -> EmbeddedBroker.start(directory, port))
          .isInstanceOf(StartRefused.class)
          .hasMessageStartingWith("TOCSIN_BROKER_PORT should be a port")
          .hasMessageEndingWith("was " + port);
    }
    assertThatThrownBy(() -> EmbeddedBroker.port("kafka"))
        .isInstanceOf(StartRefused.class)
        .hasMessageEndingWith("was kafka");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedBroker.start(directory, taken.getLocalPort()))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("the broker cannot have port " + taken.getLocalPort());
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void transaction_isSeenWholeOrNotAtAll() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      create(broker, "transactional");
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", broker.address(), "transactional.id", "test"),
              new StringSerializer(),
              new StringSerializer())) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("transactional", "k", "aborted"));
        producer.flush();
        producer.abortTransaction();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("transactional", "k", "committed"));
        producer.commitTransaction();
      }
      assertThat(read(broker, "transactional", 1)).containsExactly("committed");
    }
  }

  private static Admin admin(EmbeddedBroker broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.address()));
  }

  private static long records(Admin admin, String topic) throws Exception {
    int partitions =
        admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size();
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
    return admin.listOffsets(ends).all().get().values().stream()
        .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
        .sum();
  }

  /** What a kill at this moment leaves: the pages are the kernel's. */
  private static void copy(Path running, Path killed) throws IOException {
    try (Stream<Path> files = Files.walk(running)) {
      for (Path file : files.toList()) {
        Files.copy(file, killed.resolve(running.relativize(file).toString()));
      }
    }
  }

  private static void create(EmbeddedBroker broker, String topic)
      throws ExecutionException, InterruptedException {
    try (Admin admin = admin(broker)) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  private static void write(EmbeddedBroker broker, String topic, String value)
      throws ExecutionException, InterruptedException {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.address(), "acks", "all"),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, "k", value)).get();
    }
  }

  private static List<String> read(EmbeddedBroker broker, String topic, int count) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", broker.address(),
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      List<String> values = new ArrayList<>();
      for (int polls = 0; polls < 100 && values.size() < count; polls++) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }
}
