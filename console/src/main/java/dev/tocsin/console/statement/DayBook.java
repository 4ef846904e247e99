// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.statement;

import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.beat.Beat;
import dev.tocsin.schemas.deadletter.DeadLetterHeaders;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.statement.Statement;
import dev.tocsin.schemas.statement.Statement.Unexplained;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * What one day came to, as its records are shown: first those that belong to the day, then those
 * that say what became of them. An alert or notification that is written twice is one.
 */
final class DayBook {

  private static final Logger LOG = LoggerFactory.getLogger(DayBook.class);

  private final Map<String, Instant> alerts = new HashMap<>();
  private final Map<String, String> outcomes = new HashMap<>();
  private final Map<String, Planned> planned = new HashMap<>();
  private final Map<String, Delivery.Status> deliveries = new HashMap<>();
  private final Map<String, Unexplained> before = new HashMap<>();

  /** An effect of this day. */
  private record Planned(String channel, Instant at) {}

  private record AlertId(@Nullable String id) {}

  private record Decided(String alertId, String outcome) {}

  private record Notified(String id, String endpoint) {}

  private record Delivered(String id, Delivery.Status status) {}

  private final Slice slice;

  /**
   * A part of all ids: a day may have more than fit into memory, and is then read several times.
   */
  record Slice(int n, int of) {

    private boolean covers(@Nullable String id) {
      return id != null && Math.floorMod(id.hashCode(), of) == n;
    }
  }

  /**
   * @param before what was unexplained at the end of the day before
   */
  DayBook(Slice slice, Collection<Unexplained> before) {
    this.slice = slice;
    before.stream().filter(u -> slice.covers(u.id())).forEach(u -> this.before.put(u.id(), u));
  }

  /** A record that belongs to the day. */
  void counted(ConsumerRecord<byte[], byte[]> record) {
    Instant at = Instant.ofEpochMilli(record.timestamp());
    if (record.topic().equals(Topics.ALERTS.name())) {
      read(record, AlertId.class)
          .filter(alert -> slice.covers(alert.id()))
          .ifPresent(alert -> alerts.putIfAbsent(alert.id(), at));
    } else if (record.topic().equals(Topics.NOTIFICATIONS.name())) {
      read(record, Notified.class)
          .filter(n -> slice.covers(n.id()) && !n.endpoint().equals(Beat.ENDPOINT))
          .ifPresent(n -> planned.putIfAbsent(n.id(), new Planned(channel(n), at)));
    }
  }

  private static String channel(Notified notified) {
    int slash = notified.endpoint().indexOf('/');
    return slash < 0 ? notified.endpoint() : notified.endpoint().substring(0, slash);
  }

  /** A record that may say what became of something. */
  void followed(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(Topics.ALERT_OUTCOMES.name())) {
      read(record, Decided.class).ifPresent(this::decided);
    } else if (record.topic().equals(Topics.DELIVERIES.name())) {
      read(record, Delivered.class).ifPresent(this::delivered);
    } else if (wasNotification(record)) {
      read(record, Notified.class).ifPresent(this::setAside);
    }
  }

  /** The first outcome is the one that counts, but for a dead letter that was replayed. */
  private void decided(Decided decided) {
    if (alerts.containsKey(decided.alertId())) {
      String first = outcomes.get(decided.alertId());
      if (first == null || first.equals(AlertOutcome.Outcome.DEAD_LETTER.name())) {
        outcomes.put(decided.alertId(), decided.outcome());
      }
    }
    before.remove(decided.alertId());
  }

  private void delivered(Delivered delivered) {
    if (planned.containsKey(delivered.id())) {
      deliveries.put(delivered.id(), delivered.status());
    }
    before.remove(delivered.id());
  }

  private void setAside(Notified notified) {
    if (planned.containsKey(notified.id())) {
      deliveries.putIfAbsent(notified.id(), Delivery.Status.DEAD);
    }
    before.remove(notified.id());
  }

  /**
   * A record of before the day: what it explains was here before, and is a copy. The alert or
   * effect counts on the day on which it first came.
   */
  void earlier(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(Topics.ALERT_OUTCOMES.name())) {
      read(record, Decided.class)
          .filter(decided -> !outcomes.containsKey(decided.alertId()))
          .ifPresent(decided -> alerts.remove(decided.alertId()));
    } else if (record.topic().equals(Topics.DELIVERIES.name())) {
      read(record, Delivered.class)
          .filter(delivered -> !deliveries.containsKey(delivered.id()))
          .ifPresent(delivered -> planned.remove(delivered.id()));
    }
  }

  private static boolean wasNotification(ConsumerRecord<byte[], byte[]> record) {
    Header origin = record.headers().lastHeader(DeadLetterHeaders.ORIGIN);
    return origin != null
        && Topics.NOTIFICATIONS.name().equals(new String(origin.value(), StandardCharsets.UTF_8));
  }

  /** Bytes that cannot be read are dead letters, and are counted as those. */
  static <V> Optional<V> read(ConsumerRecord<byte[], byte[]> record, Class<V> type) {
    if (record.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.MAPPER.readValue(record.value(), type));
    } catch (JacksonException e) {
      LOG.debug("{} cannot be read", record.topic(), e);
      return Optional.empty();
    }
  }

  Statement.Alerts alerts() {
    Map<String, Long> sums = new TreeMap<>();
    outcomes.values().forEach(outcome -> sums.merge(outcome, 1L, Long::sum));
    return new Statement.Alerts(alerts.size(), sums, alerts.size() - outcomes.size());
  }

  Map<String, Statement.Effects> effects() {
    Map<String, Statement.Effects> channels = new TreeMap<>();
    planned.forEach(
        (id, effect) -> channels.merge(effect.channel(), one(deliveries.get(id)), Sums::plus));
    return channels;
  }

  private static Statement.Effects one(Delivery.@Nullable Status status) {
    return switch (status) {
      case CANCELLED -> new Statement.Effects(1, 0, 0, 0, 1, 0);
      case DEAD -> new Statement.Effects(0, 1, 0, 0, 1, 0);
      case DELIVERED -> new Statement.Effects(0, 0, 1, 0, 1, 0);
      case PENDING -> new Statement.Effects(0, 0, 0, 1, 1, 0);
      case null -> new Statement.Effects(0, 0, 0, 0, 1, 1);
    };
  }

  boolean hasUnexplained() {
    return alerts.size() > outcomes.size() || planned.size() > deliveries.size();
  }

  /** Of this day and of those before, the longest waiting first. */
  List<Unexplained> unexplained() {
    List<Unexplained> all = new ArrayList<>(before.values());
    alerts.forEach(
        (id, since) -> {
          if (!outcomes.containsKey(id)) {
            all.add(new Unexplained(id, Unexplained.Kind.ALERT, since));
          }
        });
    planned.forEach(
        (id, effect) -> {
          if (!deliveries.containsKey(id)) {
            all.add(new Unexplained(id, Unexplained.Kind.EFFECT, effect.at()));
          }
        });
    return sorted(all);
  }

  static List<Unexplained> sorted(Collection<Unexplained> all) {
    return all.stream()
        .sorted(Comparator.comparing(Unexplained::since).thenComparing(Unexplained::id))
        .limit(Statement.MOST_NAMED)
        .toList();
  }
}
