// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.statement;

import dev.tocsin.schemas.statement.Statement;
import java.io.PrintStream;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code tocsin verify [--from DAY] [--to DAY]}: makes the statements again from the topics, and
 * says what holds and what does not.
 */
public final class VerifyCommand {

  private static final int HOLDS = 0;
  private static final int BROKEN = 1;
  private static final int USAGE = 2;
  private static final int MOST_SHOWN = 20;

  private final PrintStream out;

  private VerifyCommand(PrintStream out) {
    this.out = out;
  }

  /** What the command line asks for; null when it says something else. */
  public record Asked(@Nullable LocalDate from, @Nullable LocalDate to) {

    public static @Nullable Asked of(List<String> words) {
      LocalDate from = null;
      LocalDate to = null;
      try {
        for (int i = 0; i < words.size(); i += 2) {
          String value = i + 1 < words.size() ? words.get(i + 1) : "";
          switch (words.get(i)) {
            case "--from" -> from = LocalDate.parse(value);
            case "--to" -> to = LocalDate.parse(value);
            default -> {
              return null;
            }
          }
        }
      } catch (DateTimeParseException e) {
        return null;
      }
      // No day would be looked at, and "holds" would be said of nothing.
      return from != null && to != null && to.isBefore(from) ? null : new Asked(from, to);
    }
  }

  /** The exit code. */
  public static int usage(PrintStream err) {
    err.println(
        "tocsin: verify takes days, the earlier first: ./tocsin verify [--from 2026-11-01] [--to 2026-11-28]");
    return USAGE;
  }

  /**
   * @param kafka how a consumer reaches the broker
   * @return the exit code
   */
  public static int run(
      Asked asked,
      Map<String, Object> kafka,
      StatementSettings settings,
      InstantSource clock,
      PrintStream out) {
    try (TopicLog log = StatementConfiguration.log(kafka)) {
      Inspection.Report report =
          new Inspection(log, settings, clock.instant()).report(asked.from(), asked.to());
      new VerifyCommand(out).tell(report);
      return report.holds() ? HOLDS : BROKEN;
    }
  }

  private void tell(Inspection.Report report) {
    List<Statement> stated = report.stated();
    if (stated.isEmpty()) {
      line("statements", "none yet: the first is written when the first day is over");
    } else {
      line(
          "statements",
          "%d, %s to %s; the last is sealed with %s"
              .formatted(
                  stated.size(),
                  stated.getFirst().day(),
                  stated.getLast().day(),
                  stated.getLast().hash()));
      line(
          "made again",
          "%d of them from the topics, %d more in part; the topics have forgotten the rest"
              .formatted(report.whole(), report.parts() - report.whole()));
      sums(stated);
    }
    Statement since = report.since();
    if (since != null) {
      line("since then", Verification.told(since.alerts()));
      since.effects().forEach((channel, e) -> line("", effects(channel, e)));
    }
    verdict(report);
  }

  private void sums(List<Statement> stated) {
    Statement.Alerts alerts =
        stated.stream().map(Statement::alerts).reduce(Sums::plus).orElseThrow();
    line(
        "alerts",
        "%,d accepted = %,d accounted for + %,d unexplained when their days were stated"
            .formatted(
                alerts.accepted(), alerts.accepted() - alerts.unexplained(), alerts.unexplained()));
    line("", alerts.outcomes().toString());
    Map<String, Statement.Effects> effects = new TreeMap<>();
    stated.forEach(
        s -> s.effects().forEach((channel, some) -> effects.merge(channel, some, Sums::plus)));
    effects.forEach((channel, e) -> line("effects", effects(channel, e)));
    Map<String, Statement.Letters> letters = new TreeMap<>();
    stated.forEach(
        s -> s.deadLetters().forEach((name, some) -> letters.merge(name, some, Sums::plus)));
    letters.forEach(
        (service, l) ->
            line(
                "dead letters",
                "%s: %,d set aside, %,d replayed, %,d dropped"
                    .formatted(service, l.setAside(), l.replayed(), l.dropped())));
  }

  private static String effects(String channel, Statement.Effects e) {
    return "%s: %,d planned = %,d done + %,d pending + %,d dead + %,d cancelled + %,d unexplained"
        .formatted(
            channel, e.planned(), e.done(), e.pending(), e.dead(), e.cancelled(), e.unexplained());
  }

  private void verdict(Inspection.Report report) {
    List<Verification.Finding> findings = report.findings();
    if (findings.isEmpty()) {
      out.println("holds");
      return;
    }
    findings.stream()
        .limit(MOST_SHOWN)
        .forEach(finding -> out.printf("  BROKEN  %s: %s%n", finding.day(), finding.what()));
    if (findings.size() > MOST_SHOWN) {
      out.printf("  and %d more%n", findings.size() - MOST_SHOWN);
    }
    out.printf("does not hold: %d findings%n", findings.size());
  }

  private void line(String head, String says) {
    out.printf("  %-12s %s%n", head, says);
  }
}
