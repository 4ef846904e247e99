// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.statement;

import dev.tocsin.console.statement.Verification.Finding;
import dev.tocsin.schemas.statement.Statement;
import dev.tocsin.schemas.statement.Statement.Span;
import dev.tocsin.schemas.statement.Statement.Unexplained;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Holds the statements against the topics, and the topics against themselves up to now. */
final class Inspection {

  /** What is younger may be on its way. */
  private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);

  /** A statement that is later than this is missing. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final TopicLog log;
  private final StatementSettings settings;
  private final Instant now;
  private final Map<TopicPartition, Long> begins;
  private final Map<TopicPartition, Long> ends;

  Inspection(TopicLog log, StatementSettings settings, Instant now) {
    this.log = log;
    this.settings = settings;
    this.now = now;
    List<String> topics =
        Stream.concat(Books.COUNTED.stream(), Books.FOLLOWED.stream()).distinct().toList();
    this.begins = log.beginnings(topics);
    this.ends = log.ends(topics);
  }

  /**
   * What was found.
   *
   * @param stated the statements looked at
   * @param again how many of them could be made again, whole or in part, from the topics
   * @param since the alerts and effects since the last statement; null when nothing ever came in
   */
  record Report(
      List<Statement> stated,
      int whole,
      int parts,
      @Nullable Statement since,
      List<Finding> findings) {

    boolean holds() {
      return findings.isEmpty();
    }
  }

  /**
   * @param from the first day to look at; null from the first of all
   * @param to the last day to look at; null up to now
   */
  Report report(@Nullable LocalDate from, @Nullable LocalDate to) {
    Chain chain = Chain.read(log);
    List<Finding> findings =
        Stream.concat(neverStated(chain), Verification.of(chain, due()).stream())
            .filter(finding -> isWithin(finding.day(), from, to))
            .collect(Collectors.toCollection(ArrayList::new));
    List<Statement> stated =
        chain.days().values().stream().filter(s -> isWithin(s.day(), from, to)).toList();
    int whole = 0;
    int parts = 0;
    for (Statement said : stated) {
      long kept = Stream.of(Part.values()).filter(part -> isKept(said, part)).count();
      whole += kept == Part.values().length ? 1 : 0;
      parts += kept > 0 ? 1 : 0;
      findings.addAll(compared(said, kept));
      findings.addAll(lost(said));
    }
    Statement since = to == null ? since(chain).orElse(null) : null;
    if (since != null) {
      since.unexplained().stream().map(this::unexplained).forEach(findings::add);
    }
    return new Report(stated, whole, parts, since, findings);
  }

  private static boolean isWithin(String day, @Nullable LocalDate from, @Nullable LocalDate to) {
    return (from == null || day.compareTo(from.toString()) >= 0)
        && (to == null || day.compareTo(to.toString()) <= 0);
  }

  /** The last day that has to be stated by now. */
  private LocalDate due() {
    LocalDate day = settings.dayOf(now.minus(PATIENCE)).minusDays(1);
    return settings.isDue(day, now.minus(PATIENCE)) ? day : day.minusDays(1);
  }

  private Stream<Finding> neverStated(Chain chain) {
    return chain.links().isEmpty()
        ? StatementWriter.firstDay(log, settings).stream()
            .filter(day -> !day.isAfter(due()))
            .map(day -> new Finding(day.toString(), "there are no statements, from this day on"))
        : Stream.empty();
  }

  private List<Finding> compared(Statement said, long kept) {
    if (kept == 0) {
      return List.of();
    }
    Statement clipped = with(said, clipped(said.counted()), clipped(said.followed()));
    Statement held = new Books(log).again(clipped, List.of());
    return Verification.differences(said, held, topic -> isKept(said, topic));
  }

  private static Statement with(
      Statement s, Map<String, List<Span>> counted, Map<String, List<Span>> followed) {
    return new Statement(
        s.alerts(),
        counted,
        s.day(),
        s.deadLetters(),
        s.effects(),
        followed,
        s.from(),
        s.hash(),
        s.incidents(),
        s.previous(),
        s.settledAt(),
        s.to(),
        s.unexplained());
  }

  private Map<String, List<Span>> clipped(Map<String, List<Span>> spans) {
    Map<String, List<Span>> clipped = new HashMap<>();
    spans.forEach(
        (topic, parts) ->
            clipped.put(
                topic,
                parts.stream()
                    .map(
                        span -> {
                          long to = Math.min(span.to(), end(topic, span.partition()));
                          return new Span(Math.min(span.from(), to), span.partition(), to);
                        })
                    .toList()));
    return clipped;
  }

  private boolean isKept(Statement said, Part part) {
    return part.topics().stream().allMatch(topic -> isKept(said, topic));
  }

  private boolean isKept(Statement said, String topic) {
    return Stream.of(said.counted(), said.followed())
        .allMatch(
            spans ->
                Verification.isKept(
                    spans.getOrDefault(topic, List.of()),
                    partition -> begins.getOrDefault(new TopicPartition(topic, partition), 0L),
                    partition -> end(topic, partition)));
  }

  private long end(String topic, int partition) {
    return ends.getOrDefault(new TopicPartition(topic, partition), 0L);
  }

  /** Records that were counted, and that a topic ends before: it was cut off or made anew. */
  private List<Finding> lost(Statement said) {
    return Books.ends(said.counted()).entrySet().stream()
        .filter(end -> end(end.getKey().topic(), end.getKey().partition()) < end.getValue())
        .map(
            end ->
                new Finding(
                    said.day(),
                    "%s ends at %d, and it counted up to %d"
                        .formatted(
                            end.getKey(),
                            end(end.getKey().topic(), end.getKey().partition()),
                            end.getValue())))
        .toList();
  }

  /** What came since the last statement, and everything that is unexplained now. */
  private Optional<Statement> since(Chain chain) {
    Instant until = now.minus(ON_ITS_WAY);
    Statement last = chain.last().orElse(null);
    if (last != null) {
      Instant from = last.to();
      return Optional.of(
          new Books(log)
              .close(
                  "now", new Books.Period(from, until.isBefore(from) ? from : until, now), last));
    }
    return StatementWriter.firstDay(log, settings)
        .map(
            day -> {
              Instant from = settings.begins(day);
              return new Books(log)
                  .close(
                      "now",
                      new Books.Period(from, until.isBefore(from) ? from : until, now),
                      null);
            });
  }

  private Finding unexplained(Unexplained what) {
    return new Finding(
        settings.dayOf(what.since()).toString(),
        switch (what.kind()) {
          case ALERT -> "alert %s has no outcome since %s".formatted(what.id(), what.since());
          case EFFECT -> "effect %s has no delivery since %s".formatted(what.id(), what.since());
        });
  }
}
