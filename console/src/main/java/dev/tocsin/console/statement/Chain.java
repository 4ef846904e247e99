// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.statement;

import dev.tocsin.schemas.statement.Statement;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The statements there are, as they lie in the topic. Of two of one day the first counts: those of
 * one day are in one partition.
 */
record Chain(List<Link> links) {

  /** A record of the topic; without a statement when it is none. */
  record Link(String key, byte @Nullable [] json, @Nullable Statement statement) {

    static Link of(ConsumerRecord<byte[], byte[]> record) {
      byte[] key = record.key();
      return of(key == null ? "" : new String(key, StandardCharsets.UTF_8), record.value());
    }

    static Link of(String key, byte @Nullable [] json) {
      if (json == null) {
        return new Link(key, null, null);
      }
      try {
        Statement statement = Json.MAPPER.readValue(json, Statement.class);
        return new Link(key, json, isWhole(statement) ? statement : null);
      } catch (JacksonException e) {
        return new Link(key, json, null);
      }
    }

    /** Anybody may have written it, so members may be missing. */
    private static boolean isWhole(Statement statement) {
      return Stream.of(
                  statement.alerts(),
                  statement.day(),
                  statement.from(),
                  statement.to(),
                  statement.settledAt(),
                  statement.hash(),
                  statement.unexplained())
              .allMatch(Objects::nonNull)
          && isDay(statement.day());
    }
  }

  private static boolean isDay(String text) {
    try {
      return LocalDate.parse(text).toString().equals(text);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  static Chain read(TopicLog log) {
    List<String> topic = List.of(Topics.STATEMENTS.name());
    List<Link> links = new ArrayList<>();
    log.read(
        TopicLog.spans(log.beginnings(topic), log.ends(topic)),
        record -> links.add(Link.of(record)));
    return new Chain(links);
  }

  NavigableMap<String, Statement> days() {
    NavigableMap<String, Statement> days = new TreeMap<>();
    for (Link link : links) {
      Statement statement = link.statement();
      if (statement != null && statement.day().equals(link.key())) {
        days.putIfAbsent(link.key(), statement);
      }
    }
    return days;
  }

  Optional<Statement> last() {
    return Optional.ofNullable(days().lastEntry()).map(Map.Entry::getValue);
  }
}
