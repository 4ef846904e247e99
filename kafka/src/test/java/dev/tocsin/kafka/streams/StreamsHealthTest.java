// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.kafka.KafkaFile;
import dev.tocsin.kafka.TestBroker;
import dev.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class StreamsHealthTest {

  private static final String NAME = "stands-still";
  private static final String IN = NAME + "-in";
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path dir;

  /** Its place is given to it, but where it was there is not told while a transaction says so. */
  @Test
  void topologyThatIsNotToldWhereItWas_isDown_untilItIs() throws Exception {
    try (Admin admin = Admin.create(TestBroker.clients())) {
      List<NewTopic> topics =
          List.of(
              new NewTopic(IN, 1, (short) 1), new NewTopic(Topics.deadLetters(NAME), 1, (short) 1));
      admin.createTopics(topics).all().get();
    }
    StreamsService service = new StreamsService(NAME, topology(), config());
    StreamsHealth health = new StreamsHealth(service, Duration.ofSeconds(2));
    try (KafkaProducer<byte[], byte[]> producer = transactional()) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.sendOffsetsToTransaction(
          Map.of(new TopicPartition(IN, 0), new OffsetAndMetadata(0)), noMember());

      service.start();
      await().atMost(SOON).until(service::state, KafkaStreams.State.REBALANCING::equals);
      await()
          .atMost(SOON)
          .until(() -> health.health().getDetails().containsKey("decidesNothingFor"));
      assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
      assertThat(health.health().getDetails()).containsEntry("state", "REBALANCING");

      producer.abortTransaction();
      await().atMost(SOON).until(service::state, KafkaStreams.State.RUNNING::equals);
      assertThat(health.health()).isEqualTo(Health.up().withDetail("state", "RUNNING").build());
    } finally {
      service.stop();
    }
  }

  /** Whoever commits without being in the group, as one may. */
  private static ConsumerGroupMetadata noMember() {
    Map<String, Object> config = TestBroker.clients();
    config.put("group.id", NAME);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return consumer.groupMetadata();
    }
  }

  private static Topology topology() {
    Topology topology = new Topology();
    topology.addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), IN);
    topology.addProcessor("nothing", Nothing::new, "source");
    return topology;
  }

  private static final class Nothing extends ContextualProcessor<byte[], byte[], Void, Void> {
    @Override
    public void process(Record<byte[], byte[]> record) {
      // Where it was is asked before the first record.
    }
  }

  private Map<String, Object> config() {
    Map<String, Object> own = new HashMap<>();
    own.put("spring.application.name", NAME);
    own.put("spring.kafka.bootstrap-servers", TestBroker.address());
    own.put("spring.kafka.streams.application-id", NAME);
    own.put("spring.kafka.streams.state-dir", dir.toString());
    return KafkaFile.boundWith(own).buildStreamsProperties();
  }

  private static KafkaProducer<byte[], byte[]> transactional() {
    Map<String, Object> config = TestBroker.clients();
    config.put("transactional.id", NAME + "-another");
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
