// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.step.Step;
import dev.tocsin.schemas.step.StepResult;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import dev.tocsin.testkit.llm.FakeModel;
import dev.tocsin.testkit.llm.Script;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** The whole service on a real broker, with a model that follows a script. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentApplicationTest {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final EmbeddedKafkaBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
  private final FakeModel model =
      FakeModel.start(
          Script.investigates(
              new Script.Conclusion("It is the pool.", "The pool.", 0.7, List.of(), List.of())));
  private final InstantSource clock = InstantSource.system();

  @BeforeAll
  void startBroker() {
    broker.afterPropertiesSet();
  }

  @AfterAll
  void stopBroker() {
    broker.destroy();
    model.close();
  }

  @Test
  void step_becomesAResult_andTheModelIsAnnounced() {
    try (ConfigurableApplicationContext agent = start(Map.of())) {
      assertThat(agent.isRunning()).isTrue();
      Step step =
          SampleIncidents.step(
              SampleIncidents.checkoutFails(), clock.instant(), Duration.ofSeconds(20));
      send("not a step".getBytes(java.nio.charset.StandardCharsets.UTF_8), step.incidentId());
      send(
          Topics.STEPS.valueSerde().serializer().serialize(Topics.STEPS.name(), step),
          step.incidentId());

      ConsumerRecord<byte[], byte[]> record = first(Topics.STEP_RESULTS.name(), _ -> true);
      StepResult result = value(Topics.STEP_RESULTS, record);
      assertThat(new String(record.key())).isEqualTo("inc_checkout");
      assertThat(new String(record.headers().lastHeader("traceparent").value())).isEqualTo(TRACE);
      assertThat(result.stepId()).isEqualTo(step.id());
      assertThat(result.outcome()).isEqualTo(StepResult.Outcome.DONE);
      assertThat(result.context()).isNotNull();
      assertThat(result.context().probableCause()).isEqualTo("The pool.");
      assertThat(new String(first(Topics.deadLetters("agent"), _ -> true).value()))
          .isEqualTo("not a step");
      Setting setting =
          value(Topics.SETTINGS, first(Topics.SETTINGS.name(), r -> r.value() != null));
      assertThat(setting)
          .isInstanceOfSatisfying(
              Setting.Model.class, m -> assertThat(m.name()).isEqualTo("gpt-test"));
      AgentHealth health = agent.getBean(AgentHealth.class);
      assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
    }
    try (ConfigurableApplicationContext agent =
        start(Map.of("tocsin.agent.llm.url", "", "tocsin.agent.llm.model", ""))) {
      assertThat(agent.isRunning()).isTrue();
      ConsumerRecord<byte[], byte[]> tombstone =
          first(Topics.SETTINGS.name(), r -> r.value() == null);
      assertThat(new String(tombstone.key())).isEqualTo("model/default");
    }
  }

  private ConfigurableApplicationContext start(Map<String, Object> settings) {
    Map<String, Object> all = new java.util.HashMap<>();
    all.put("spring.config.name", "agent");
    all.put("spring.kafka.bootstrap-servers", broker.getBrokersAsString());
    all.put("tocsin.topics.partitions", "1");
    all.put("tocsin.agent.llm.url", model.url().toString());
    all.put("tocsin.agent.llm.model", "gpt-test");
    all.put("management.defaults.metrics.export.enabled", "false");
    all.putAll(settings);
    return new SpringApplicationBuilder(AgentApplication.class)
        .web(WebApplicationType.NONE)
        .run(
            all.entrySet().stream()
                .map(e -> "--" + e.getKey() + '=' + e.getValue())
                .toArray(String[]::new));
  }

  private void send(byte[] value, String key) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.getBrokersAsString()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(Topics.STEPS.name(), key.getBytes(), value);
      record.headers().add("traceparent", TRACE.getBytes());
      producer.send(record);
    }
  }

  private ConsumerRecord<byte[], byte[]> first(
      String topic, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.getBrokersAsString()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition only = new TopicPartition(topic, 0);
      consumer.assign(List.of(only));
      consumer.seekToBeginning(List.of(only));
      Instant end = clock.instant().plusSeconds(40);
      while (clock.instant().isBefore(end)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (wanted.test(record)) {
            return record;
          }
        }
      }
      throw new AssertionError("nothing came to " + topic);
    }
  }

  private static <V> V value(Topic<V> topic, ConsumerRecord<byte[], byte[]> record) {
    return topic.valueSerde().deserializer().deserialize(topic.name(), record.value());
  }
}
