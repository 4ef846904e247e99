// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.topic;

import static java.util.Objects.requireNonNull;

import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;

/**
 * Creates the topics that are missing, and refuses to start on ones that do not fit.
 *
 * <p>A topic with another number of partitions would send keys away from their state, one with
 * another cleanup policy would lose what has to stay, and one with its senders' timestamps would
 * let their clocks decide: none is repaired silently.
 */
public final class TopicProvisioning implements InitializingBean {

  private static final Logger LOG = LoggerFactory.getLogger(TopicProvisioning.class);
  private static final long ANSWER_SECONDS = 30;
  private static final List<String> MUST_FIT =
      List.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);

  /** 5 MiB: a dead letter may be a whole HTTP body, of which 4 MiB are read. */
  private static final String LARGEST_DEAD_LETTER = Integer.toString(5 << 20);

  private final Map<String, Object> admin;
  private final TopicSettings settings;

  public TopicProvisioning(Map<String, Object> admin, TopicSettings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  @Override
  public void afterPropertiesSet() {
    Greeting.refuseStrangers(admin);
    Admin client = Admin.create(admin);
    try {
      Map<String, NewTopic> wanted = wanted();
      Set<String> existing = answer(client.listTopics().names());
      List<NewTopic> missing =
          wanted.values().stream().filter(t -> !existing.contains(t.name())).toList();
      create(client, missing);
      refuseMisfits(client, wanted, existing);
    } finally {
      client.close(Duration.ZERO); // without that it waits for an answer nobody waits for any more
    }
  }

  private Map<String, NewTopic> wanted() {
    Map<String, NewTopic> topics = new LinkedHashMap<>();
    for (Topic<?> topic : Topics.ALL) {
      topics.put(topic.name(), topic(topic.name(), topic.cleanup(), topic.kept().toMillis()));
    }
    for (String service : Topics.DEAD_LETTER_SERVICES) {
      String name = Topics.deadLetters(service);
      NewTopic topic = topic(name, Topic.Cleanup.DELETE, Topics.DEAD_LETTERS_KEPT.toMillis());
      topic.configs().put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, LARGEST_DEAD_LETTER);
      topics.put(name, topic);
    }
    return topics;
  }

  private NewTopic topic(String name, Topic.Cleanup cleanup, long keptMillis) {
    Map<String, String> config = new HashMap<>();
    // The broker's time is the one clock all services share, and no record can come from the
    // future.
    config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    switch (cleanup) {
      case DELETE -> {
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(keptMillis));
      }
      case COMPACT -> {
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        config.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(keptMillis));
      }
    }
    Optional<Short> replicas =
        settings.replicas() < 0 ? Optional.empty() : Optional.of(settings.replicas());
    return new NewTopic(name, Optional.of(settings.partitions()), replicas).configs(config);
  }

  private void create(Admin client, List<NewTopic> missing) {
    if (missing.isEmpty()) {
      return;
    }
    int created = 0;
    for (KafkaFuture<Void> answer : client.createTopics(missing).values().values()) {
      try {
        answer(answer);
        created++;
      } catch (TopicExistsException e) {
        LOG.debug("another service was quicker to create a topic", e);
      }
    }
    if (created > 0) {
      LOG.info("created {} topics", created);
    }
  }

  private void refuseMisfits(Admin client, Map<String, NewTopic> wanted, Set<String> existing) {
    List<String> known = wanted.keySet().stream().filter(existing::contains).toList();
    Map<String, TopicDescription> found = answer(client.describeTopics(known).allTopicNames());
    Map<ConfigResource, Config> configs =
        answer(
            client.describeConfigs(known.stream().map(TopicProvisioning::resource).toList()).all());
    List<String> misfits = new ArrayList<>();
    found.forEach(
        (name, description) -> {
          NewTopic topic = requireNonNull(wanted.get(name));
          int partitions = description.partitions().size();
          if (partitions != topic.numPartitions()) {
            misfits.add(
                "topic %s has %d partitions, and tocsin.topics.partitions says %d"
                    .formatted(name, partitions, topic.numPartitions()));
          }
          Config config = requireNonNull(configs.get(resource(name)));
          for (String key : MUST_FIT) {
            String given = config.get(key).value();
            String right = requireNonNull(topic.configs().get(key));
            if (!right.equals(given)) {
              misfits.add("topic %s has %s=%s, and needs %s".formatted(name, key, given, right));
            }
          }
        });
    if (!misfits.isEmpty()) {
      throw new TopicMisfitException(misfits);
    }
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }

  private <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "no broker answered within %d s at spring.kafka.bootstrap-servers=%s"
              .formatted(ANSWER_SECONDS, admin.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the broker about topics", e);
    }
  }

  /** Existing topics that the program would not work right on. */
  public static final class TopicMisfitException extends NotUsableException {

    TopicMisfitException(List<String> misfits) {
      super(
          misfits.stream()
              .collect(
                  Collectors.joining(
                      "\n  ",
                      "topics that do not fit:\n  ",
                      "\n  Use other topics (another cluster or data directory), or the setting they were made with.")));
    }
  }
}
