// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.statement;

import dev.tocsin.schemas.seal.Seal;
import dev.tocsin.schemas.statement.Statement;
import dev.tocsin.schemas.statement.Statement.Span;
import dev.tocsin.schemas.statement.Statement.Unexplained;
import dev.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Makes statements from the topics: of a day that ended, and again of one that was stated. */
final class Books {

  /** Each of their records belongs to one day. */
  static final List<String> COUNTED =
      Stream.concat(
              Stream.of(Topics.ALERTS, Topics.NOTIFICATIONS, Topics.INCIDENTS, Topics.AUDIT)
                  .map(dev.tocsin.schemas.topic.Topic::name),
              Topics.DEAD_LETTER_SERVICES.stream().map(Topics::deadLetters))
          .toList();

  /** They say what became of alerts and effects. */
  static final List<String> FOLLOWED =
      List.of(
          Topics.ALERT_OUTCOMES.name(), Topics.DELIVERIES.name(), Topics.deadLetters("notifier"));

  /** Alerts and effects that are held in memory at once. */
  private static final long AT_ONCE = 200_000;

  /** A copy may come as long as the spool and the topic keep what it is a copy of. */
  private static final Duration COPIES = Duration.ofDays(8);

  private final TopicLog log;

  Books(TopicLog log) {
    this.log = log;
  }

  /**
   * The statement of a day, unsealed or sealed alike.
   *
   * @param period when it began and ended, and until when it is followed
   * @param previous the statement of the day before; null for the first of all
   */
  Statement close(String day, Period period, @Nullable Statement previous) {
    Map<TopicPartition, Long> begin = log.at(COUNTED, period.from());
    if (previous != null) {
      begin.putAll(ends(previous.counted()));
    }
    Map<String, List<Span>> counted = TopicLog.spans(begin, log.at(COUNTED, period.to()));
    // A record of another broker may be a little ahead of what it follows.
    Instant ahead = period.from().minus(Duration.between(period.to(), period.settledAt()));
    Map<String, List<Span>> followed =
        TopicLog.spans(log.at(FOLLOWED, ahead), log.at(FOLLOWED, period.settledAt()));
    return Seal.on(
        make(
            day,
            period,
            counted,
            followed,
            previous == null ? null : previous.hash(),
            previous == null ? List.of() : previous.unexplained()));
  }

  /** What a statement should say, as far as its records are still there. */
  Statement again(Statement said, List<Unexplained> before) {
    return Seal.on(
        make(
            said.day(),
            new Period(said.from(), said.to(), said.settledAt()),
            said.counted(),
            said.followed(),
            said.previous(),
            before));
  }

  /** A day, and until when it is followed. */
  record Period(Instant from, Instant to, Instant settledAt) {}

  private Statement make(
      String day,
      Period period,
      Map<String, List<Span>> counted,
      Map<String, List<Span>> followed,
      @Nullable String previous,
      List<Unexplained> before) {
    int slices = slices(counted);
    Statement.Alerts alerts = new Statement.Alerts(0, Map.of(), 0);
    Map<String, Statement.Effects> effects = new TreeMap<>();
    List<Unexplained> unexplained = new ArrayList<>();
    DayEvents events = new DayEvents();
    for (int n = 0; n < slices; n++) {
      DayBook book = new DayBook(new DayBook.Slice(n, slices), before);
      boolean first = n == 0;
      log.read(
          counted,
          record -> {
            book.counted(record);
            if (first) {
              events.counted(record);
            }
          });
      log.read(followed, book::followed);
      if (book.hasUnexplained()) {
        log.read(earlier(period.from(), followed), book::earlier);
      }
      alerts = Sums.plus(alerts, book.alerts());
      book.effects().forEach((channel, some) -> effects.merge(channel, some, Sums::plus));
      unexplained.addAll(book.unexplained());
    }
    return new Statement(
        alerts,
        counted,
        day,
        events.letters(),
        effects,
        followed,
        period.from(),
        "",
        events.incidents(),
        previous,
        period.settledAt(),
        period.to(),
        DayBook.sorted(unexplained));
  }

  private static int slices(Map<String, List<Span>> counted) {
    long all =
        Stream.of(Topics.ALERTS.name(), Topics.NOTIFICATIONS.name())
            .mapToLong(topic -> TopicLog.length(counted.getOrDefault(topic, List.of())))
            .sum();
    return Math.toIntExact(all / AT_ONCE + 1);
  }

  private Map<String, List<Span>> earlier(Instant from, Map<String, List<Span>> followed) {
    return TopicLog.spans(log.at(FOLLOWED, from.minus(COPIES)), starts(followed));
  }

  static Map<TopicPartition, Long> ends(Map<String, List<Span>> spans) {
    return offsets(spans, Span::to);
  }

  static Map<TopicPartition, Long> starts(Map<String, List<Span>> spans) {
    return offsets(spans, Span::from);
  }

  private static Map<TopicPartition, Long> offsets(
      Map<String, List<Span>> spans, java.util.function.ToLongFunction<Span> which) {
    Map<TopicPartition, Long> offsets = new java.util.HashMap<>();
    spans.forEach(
        (topic, parts) ->
            parts.forEach(
                span ->
                    offsets.put(
                        new TopicPartition(topic, span.partition()), which.applyAsLong(span))));
    return offsets;
  }
}
