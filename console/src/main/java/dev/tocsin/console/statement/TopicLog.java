// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.statement;

import dev.tocsin.schemas.statement.Statement.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * The topics themselves, committed records only: where a time begins in them, and what they hold.
 */
final class TopicLog implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);

  /** Polls that may bring nothing before the broker is taken to be away. */
  private static final int PATIENCE = 60;

  private final Consumer<byte[], byte[]> consumer;

  TopicLog(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Where the records of then and later begin; the end of the topic when there are none. */
  Map<TopicPartition, Long> at(Collection<String> topics, Instant then) {
    List<TopicPartition> partitions = partitions(topics);
    Map<TopicPartition, OffsetAndTimestamp> found =
        consumer.offsetsForTimes(
            partitions.stream()
                .collect(Collectors.toMap(Function.identity(), _ -> then.toEpochMilli())));
    Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions));
    found.forEach(
        (partition, first) -> {
          if (first != null) {
            offsets.merge(partition, first.offset(), Math::min);
          }
        });
    return offsets;
  }

  /**
   * The oldest record a topic still has.
   *
   * @param isWhole whether none has been forgotten before it
   */
  record First(Instant at, boolean isWhole) {}

  /** Empty when it holds none. */
  Optional<First> first(String topic) {
    Map<TopicPartition, Long> begins = beginnings(List.of(topic));
    Map<TopicPartition, Long> ends = ends(List.of(topic));
    Map<TopicPartition, Long> one = new HashMap<>();
    begins.forEach(
        (partition, begin) ->
            one.put(partition, Math.min(begin + 1, ends.getOrDefault(partition, begin))));
    List<Instant> found = new ArrayList<>();
    read(spans(begins, one), record -> found.add(Instant.ofEpochMilli(record.timestamp())));
    boolean whole = begins.values().stream().allMatch(begin -> begin == 0);
    return found.stream().min(Comparator.naturalOrder()).map(at -> new First(at, whole));
  }

  Map<TopicPartition, Long> beginnings(Collection<String> topics) {
    return consumer.beginningOffsets(partitions(topics));
  }

  Map<TopicPartition, Long> ends(Collection<String> topics) {
    return consumer.endOffsets(partitions(topics));
  }

  private List<TopicPartition> partitions(Collection<String> topics) {
    return topics.stream()
        .flatMap(
            topic ->
                consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition())))
        .toList();
  }

  static Map<String, List<Span>> spans(
      Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    Map<String, List<Span>> spans = new TreeMap<>();
    to.entrySet().stream()
        .sorted(Comparator.comparingInt(end -> end.getKey().partition()))
        .forEach(
            end -> {
              TopicPartition partition = end.getKey();
              long begin = Math.min(from.getOrDefault(partition, 0L), end.getValue());
              spans
                  .computeIfAbsent(partition.topic(), _ -> new ArrayList<>())
                  .add(new Span(begin, partition.partition(), end.getValue()));
            });
    return spans;
  }

  static long length(List<Span> spans) {
    return spans.stream().mapToLong(span -> span.to() - span.from()).sum();
  }

  /** Shows all records of these spans that are still there, those of a partition in order. */
  void read(
      Map<String, List<Span>> spans,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    Map<TopicPartition, Long> starts = new HashMap<>();
    spans.forEach(
        (topic, parts) ->
            parts.stream()
                .filter(span -> span.from() < span.to())
                .forEach(
                    span -> {
                      TopicPartition partition = new TopicPartition(topic, span.partition());
                      starts.put(partition, span.from());
                      ends.put(partition, span.to());
                    }));
    consumer.assign(ends.keySet());
    consumer.resume(ends.keySet());
    Map<TopicPartition, Long> first = consumer.beginningOffsets(ends.keySet());
    starts.forEach(
        (partition, from) ->
            consumer.seek(partition, Math.max(from, first.getOrDefault(partition, 0L))));
    int quiet = 0;
    while (true) {
      ends.entrySet()
          .removeIf(
              end -> {
                boolean read = consumer.position(end.getKey()) >= end.getValue();
                if (read) {
                  consumer.pause(List.of(end.getKey()));
                }
                return read;
              });
      if (ends.isEmpty()) {
        return;
      }
      int seen = 0;
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        seen++;
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < ends.getOrDefault(partition, 0L)) {
          visitor.accept(record);
        }
      }
      quiet = seen == 0 ? quiet + 1 : 0;
      if (quiet > PATIENCE) {
        throw new IllegalStateException("the broker does not answer for " + ends.keySet());
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
