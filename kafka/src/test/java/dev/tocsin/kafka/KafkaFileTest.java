// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/** The keys of {@code tocsin-kafka.yml} arrive at the client they are meant for. */
class KafkaFileTest {

  private final KafkaProperties kafka =
      KafkaFile.boundWith(
          Map.of(
              "spring.application.name", "tocsin-detection",
              "spring.kafka.streams.application-id", "tocsin-detection"));
  private final StreamsConfig streams = new StreamsConfig(kafka.buildStreamsProperties());

  @Test
  void streamsThread_isAStaticMember_ofItsOwnName() {
    Map<String, Object> consumer = streams.getMainConsumerConfigs("tocsin-detection", "c", 1);
    assertThat(consumer)
        .containsEntry(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "tocsin-detection-local-1")
        .containsEntry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "6000")
        .containsEntry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "1000")
        .containsEntry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "100")
        .containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .containsEntry("metadata.recovery.strategy", "rebootstrap");
  }

  @Test
  void otherConsumersOfStreams_areNoMembers() {
    assertThat(streams.getRestoreConsumerConfigs("c"))
        .doesNotContainKeys(
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, ConsumerConfig.GROUP_ID_CONFIG);
    assertThat(streams.getGlobalConsumerConfigs("c"))
        .doesNotContainKeys(
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, ConsumerConfig.GROUP_ID_CONFIG);
  }

  @Test
  void streams_areExactlyOnce_andCommitABacklogInBatches() {
    assertThat(streams.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
        .isEqualTo(StreamsConfig.EXACTLY_ONCE_V2);
    assertThat(streams.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG)).isEqualTo(100);
    assertThat(streams.getString(StreamsConfig.GROUP_PROTOCOL_CONFIG)).isEqualTo("classic");
    assertThat(streams.getBoolean(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG))
        .isTrue();
    assertThat(streams.getLong(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG)).isZero();
  }

  @Test
  void streamsProducer_isIdempotent_sendsWhenItCommits_andItsTransactionEndsInTenSeconds() {
    assertThat(streams.getProducerConfigs("c"))
        .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
        .containsEntry(ProducerConfig.LINGER_MS_CONFIG, "100")
        .containsEntry(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
  }

  @Test
  void consumers_readWhatIsCommitted_fromTheBeginning() {
    assertThat(kafka.buildConsumerProperties())
        .containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")
        .containsEntry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)
        .containsEntry("metadata.recovery.strategy", "rebootstrap");
  }

  @Test
  void producers_waitForAllReplicas() {
    assertThat(kafka.buildProducerProperties())
        .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
        .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
  }

  @Test
  void admin_findsTheBroker() {
    assertThat(kafka.buildAdminProperties())
        .containsEntry("bootstrap.servers", List.of("localhost:9092"));
  }
}
