// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.statement;

import dev.tocsin.schemas.seal.Seal;
import dev.tocsin.schemas.statement.Statement;
import dev.tocsin.schemas.statement.Statement.Span;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is wrong with the statements there are: in themselves, and one after the other. */
final class Verification {

  private static final int SHOWN = 12;

  private final List<Finding> findings = new ArrayList<>();
  private final Chain chain;

  /** Something that does not hold. */
  record Finding(String day, String what) {}

  private Verification(Chain chain) {
    this.chain = chain;
  }

  /**
   * @param due the last day that has to be stated by now
   */
  static List<Finding> of(Chain chain, LocalDate due) {
    Verification verification = new Verification(chain);
    verification.seals();
    verification.days(due);
    verification.inThemselves();
    return verification.findings;
  }

  private void seals() {
    Map<String, Integer> written = new TreeMap<>();
    for (Chain.Link link : chain.links()) {
      written.merge(link.key(), 1, Integer::sum);
      if (link.json() == null || link.statement() == null) {
        add(link.key(), "a record that is no statement");
      } else if (!Seal.holds(link.json())) {
        add(link.key(), "the seal does not hold: it was changed after it was written");
      } else if (!link.key().equals(link.statement().day())) {
        add(link.key(), "its key is another day than its own, " + link.statement().day());
      }
    }
    written.forEach(
        (day, times) -> {
          if (times > 1) {
            add(day, "it was written %d times; the first counts".formatted(times));
          }
        });
  }

  private void days(LocalDate due) {
    @Nullable Statement before = null;
    for (Statement statement : chain.days().values()) {
      if (before == null) {
        if (statement.previous() != null) {
          add(statement.day(), "it names a statement before it, which is not there");
        }
      } else {
        follows(before, statement);
      }
      before = statement;
    }
    if (before != null && LocalDate.parse(before.day()).isBefore(due)) {
      missing(LocalDate.parse(before.day()).plusDays(1), due);
    }
  }

  private void follows(Statement before, Statement statement) {
    LocalDate expected = LocalDate.parse(before.day()).plusDays(1);
    LocalDate day = LocalDate.parse(statement.day());
    if (day.isAfter(expected)) {
      missing(expected, day.minusDays(1));
    }
    if (!before.hash().equals(statement.previous())) {
      add(
          statement.day(),
          "it follows on %s, and the statement before it is %s"
              .formatted(brief(statement.previous()), brief(before.hash())));
    }
    if (!before.to().equals(statement.from())) {
      add(
          statement.day(),
          "it begins at %s, and the day before ended at %s"
              .formatted(statement.from(), before.to()));
    }
    Map<?, Long> ends = Books.ends(before.counted());
    Books.starts(statement.counted())
        .forEach(
            (partition, start) -> {
              Long end = ends.get(partition);
              if (end != null && !end.equals(start)) {
                add(
                    statement.day(),
                    "of %s it counts from %d on, and the day before counted up to %d"
                        .formatted(partition, start, end));
              }
            });
  }

  private void missing(LocalDate first, LocalDate last) {
    String what =
        first.equals(last)
            ? "there is no statement of this day"
            : "there are no statements from this day to " + last;
    add(first.toString(), what);
  }

  private void inThemselves() {
    for (Statement statement : chain.days().values()) {
      if (!statement.alerts().balances()) {
        add(statement.day(), "its alerts do not add up: " + told(statement.alerts()));
      }
      statement
          .effects()
          .forEach(
              (channel, effects) -> {
                if (!effects.balances()) {
                  add(
                      statement.day(),
                      "its effects at %s do not add up: %s".formatted(channel, effects));
                }
              });
    }
  }

  private void add(String day, String what) {
    findings.add(new Finding(day, what));
  }

  private static String brief(@Nullable String hash) {
    return hash == null ? "nothing" : hash.substring(0, Math.min(SHOWN, hash.length()));
  }

  /**
   * Where a statement differs from what the topics hold.
   *
   * @param isKept whether a topic still has all records the statement is made from
   */
  static List<Finding> differences(
      Statement said, Statement held, Function<String, Boolean> isKept) {
    List<Finding> found = new ArrayList<>();
    for (Part part : Part.values()) {
      Object one = part.of(said);
      Object other = part.of(held);
      if (part.topics().stream().allMatch(isKept::apply) && !Objects.equals(one, other)) {
        found.add(
            new Finding(
                said.day(),
                "%s: it says %s, and the topics hold %s"
                    .formatted(part.label(), told(one), told(other))));
      }
    }
    return found;
  }

  static String told(Object part) {
    return part instanceof Statement.Alerts alerts
        ? "%d accepted, %s, %d unexplained"
            .formatted(alerts.accepted(), alerts.outcomes(), alerts.unexplained())
        : part.toString();
  }

  /** Whether spans hold records that lie before or behind what a topic has. */
  static boolean isKept(
      List<Span> spans, Function<Integer, Long> begins, Function<Integer, Long> ends) {
    return spans.stream()
        .filter(span -> span.from() < span.to())
        .allMatch(
            span ->
                begins.apply(span.partition()) <= span.from()
                    && span.to() <= ends.apply(span.partition()));
  }
}
