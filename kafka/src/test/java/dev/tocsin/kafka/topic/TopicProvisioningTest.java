// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.tocsin.kafka.TestBroker;
import dev.tocsin.kafka.topic.TopicProvisioning.TopicMisfitException;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicProvisioningTest {

  private static final TopicSettings TWO = new TopicSettings(2, (short) -1);

  private final Admin admin = Admin.create(TestBroker.clients());

  @BeforeEach
  void removeTopics() throws Exception {
    for (KafkaFuture<Void> deleted : admin.deleteTopics(ours()).topicNameValues().values()) {
      try {
        deleted.get();
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
      }
    }
    await().until(() -> ours().isEmpty());
  }

  @AfterEach
  void close() throws Exception {
    removeTopics();
    admin.close();
  }

  @Test
  void firstStart_createsEveryTopic_asItHasToBe() throws Exception {
    provision(TWO);
    await().until(() -> ours().equals(names()));
    Map<String, Config> configs = configs();
    for (Topic<?> topic : Topics.ALL) {
      Config config = configs.get(topic.name());
      boolean compacted = topic.cleanup() == Topic.Cleanup.COMPACT;
      assertThat(config.get("cleanup.policy").value()).isEqualTo(compacted ? "compact" : "delete");
      assertThat(config.get(compacted ? "delete.retention.ms" : "retention.ms").value())
          .isEqualTo(Long.toString(topic.kept().toMillis()));
      assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
    }
    assertThat(admin.describeTopics(names()).allTopicNames().get().values())
        .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(2));
  }

  @Test
  void secondStart_changesNothing() throws Exception {
    provision(TWO);
    await().until(() -> ours().equals(names()));
    Map<String, Config> before = configs();
    provision(TWO);
    assertThat(configs()).isEqualTo(before);
    assertThat(ours()).isEqualTo(names());
  }

  @Test
  void oneThatIsMissing_isCreated_besideThoseThatFit() throws Exception {
    provision(TWO);
    await().until(() -> ours().equals(names()));
    admin.deleteTopics(List.of(Topics.ALERTS.name())).all().get();
    await().until(() -> !ours().contains(Topics.ALERTS.name()));
    provision(TWO);
    await().until(() -> ours().equals(names()));
  }

  @Test
  void misfits_areRefused_allOfThem_withWords() throws Exception {
    create(Topics.ALERTS, 3, Map.of("message.timestamp.type", "LogAppendTime"));
    create(Topics.EFFECTS, 2, Map.of("message.timestamp.type", "LogAppendTime"));
    create(Topics.RUNS, 2, Map.of());
    assertThatExceptionOfType(TopicMisfitException.class)
        .isThrownBy(() -> provision(TWO))
        .withMessageContaining(
            "topic tocsin.alerts has 3 partitions, and tocsin.topics.partitions says 2")
        .withMessageContaining("topic tocsin.effects has cleanup.policy=delete, and needs compact")
        .withMessageContaining(
            "topic tocsin.runs has message.timestamp.type=CreateTime, and needs LogAppendTime")
        .withMessageContaining("Use other topics");
  }

  @Test
  void otherPartitions_areRefused_onTopicsOfOurOwnMaking() {
    provision(TWO);
    await().until(() -> ours().equals(names()));
    assertThatExceptionOfType(TopicMisfitException.class)
        .isThrownBy(() -> provision(new TopicSettings(4, (short) -1)))
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(names().size() + 2));
  }

  @Test
  void moreReplicasThanBrokers_areRefusedByTheBroker() {
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> provision(new TopicSettings(2, (short) 3)))
        .withMessageContaining("3");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1001})
  void partitionsOutOfBounds_areRefused(int partitions) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TopicSettings(partitions, (short) 1))
        .withMessage("tocsin.topics.partitions should be between 1 and 1000: was " + partitions);
  }

  @ParameterizedTest
  @ValueSource(shorts = {-2, 0})
  void replicasOutOfBounds_areRefused(short replicas) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TopicSettings(1, replicas))
        .withMessageEndingWith("or -1 for the broker's default: was " + replicas);
  }

  private static void provision(TopicSettings settings) {
    new TopicProvisioning(TestBroker.clients(), settings).afterPropertiesSet();
  }

  private void create(Topic<?> topic, int partitions, Map<String, String> config) throws Exception {
    NewTopic wanted = new NewTopic(topic.name(), partitions, (short) 1).configs(config);
    admin.createTopics(List.of(wanted)).all().get();
    await().until(() -> ours().contains(topic.name()));
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>();
    Topics.ALL.forEach(topic -> names.add(topic.name()));
    Topics.DEAD_LETTER_SERVICES.forEach(service -> names.add(Topics.deadLetters(service)));
    return names;
  }

  private Set<String> ours() throws Exception {
    Set<String> ours = new TreeSet<>(admin.listTopics().names().get());
    ours.retainAll(names());
    return ours;
  }

  private Map<String, Config> configs() throws Exception {
    Map<String, Config> configs = new TreeMap<>();
    admin
        .describeConfigs(
            names().stream().map(n -> new ConfigResource(ConfigResource.Type.TOPIC, n)).toList())
        .all()
        .get()
        .forEach((resource, config) -> configs.put(resource.name(), config));
    return configs;
  }
}
