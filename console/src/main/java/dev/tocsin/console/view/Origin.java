// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * What a view is built from: a cluster, its topics, and the way we fold them. A view of another
 * origin is of no use.
 *
 * @param identity differs whenever the origin does
 */
record Origin(String identity, List<TopicPartition> partitions) {

  /** Counts up when a fold changes what it writes: then old views are built anew. */
  private static final int FORMAT = 3;

  private static final long ANSWER_SECONDS = 30;

  static Origin of(Map<String, Object> admin, Collection<String> topics) {
    try (Admin client = Admin.create(admin)) {
      String cluster = client.describeCluster().clusterId().get(ANSWER_SECONDS, TimeUnit.SECONDS);
      Map<String, TopicDescription> found =
          new TreeMap<>(
              client.describeTopics(topics).allTopicNames().get(ANSWER_SECONDS, TimeUnit.SECONDS));
      StringBuilder identity = new StringBuilder("format " + FORMAT + ", cluster " + cluster);
      found.forEach(
          (name, topic) -> identity.append(", ").append(name).append(' ').append(topic.topicId()));
      return new Origin(
          identity.toString(),
          found.values().stream()
              .flatMap(
                  topic ->
                      IntStream.range(0, topic.partitions().size())
                          .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
              .toList());
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "the broker does not say which topics it has: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the broker about topics", e);
    }
  }
}
