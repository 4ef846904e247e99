// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.report;

import dev.tocsin.proof.oracle.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A report for a terminal. */
public final class TextReport {

  private static final int MOST_FINDINGS = 30;

  private TextReport() {}

  public static List<String> lines(Report r) {
    List<String> lines = new ArrayList<>();
    lines.add("%s   (%s, %d s)".formatted(r.command(), r.at(), r.seconds()));
    lines.add(line("faults landed", faults(r)));
    lines.add(
        line("incidents", "%d accepted, %d resolved".formatted(r.incidents(), r.resolutions())));
    lines.add(line("pages", "%d, in %d posts".formatted(r.pages(), r.pagePosts())));
    lines.add(line("tickets", "%d, in %d posts".formatted(r.tickets(), r.ticketPosts())));
    if (r.schedule().slack()) {
      lines.add(
          line(
              "Slack",
              "%d posts, %d edits, %d replies, in %d calls"
                  .formatted(r.slackPosts(), r.slackEdits(), r.slackReplies(), r.slackCalls())));
    }
    lines.add(
        line(
            "deliveries",
            "%d to %d subscribers, in %d posts"
                .formatted(r.deliveries(), r.schedule().receivers(), r.deliveryPosts())));
    lines.add(line("calls that went wrong", r.misdeeds().toString()));
    lines.add(line("alerts answered", r.answered().inMillis()));
    if (r.drainMillis() >= 0) {
      lines.add(line("  while Kafka was away", r.answeredWhileAway().inMillis()));
      lines.add(line("  Kafka back to drained", "%.1f s".formatted(r.drainMillis() / 1000.0)));
    }
    lines.add(
        line(
            "PagerDuty's busiest minute",
            r.schedule().pagesPerMinute() == 0
                ? r.busiestMinute() + " calls, without a pace"
                : "%d calls, of %d a minute and a twelfth saved up"
                    .formatted(r.busiestMinute(), r.schedule().pagesPerMinute())));
    lines.add("restart after kill -9, until the role is ready, nothing else at fault");
    spreads(lines, r.restarts());
    lines.add("the same, with another fault meanwhile");
    spreads(lines, r.restartsBesideFaults());
    lines.add("kill -9 to the first page for an alert sent after it");
    spreads(lines, r.recoveries());
    lines.add("accepted to page");
    spreads(lines, r.acceptedToPage());
    lines.add("accepted to page, with one kill in between");
    spreads(lines, r.pageUnderKill());
    lines.add(line("lost", Long.toString(r.lost())));
    lines.add(line("doubled", Long.toString(r.doubled())));
    lines.add(line("otherwise wrong", Long.toString(r.other())));
    r.findings().stream().limit(MOST_FINDINGS).forEach(f -> lines.add("  " + finding(f)));
    if (r.findings().size() > MOST_FINDINGS) {
      lines.add("  and %d more".formatted(r.findings().size() - MOST_FINDINGS));
    }
    lines.add(r.isClean() ? clean(r) : "NOT CLEAN");
    return lines;
  }

  private static String clean(Report r) {
    return r.upperBoundPercent() < 100
        ? "clean: with %d kills, fewer than %.2f %% of kills lose or double anything (95 %%, rule of three)"
            .formatted(r.kills(), r.upperBoundPercent())
        : "clean";
  }

  private static String faults(Report r) {
    return r.faults().isEmpty()
        ? "none"
        : String.join(
            ", ",
            r.faults().entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).toList());
  }

  private static String finding(Finding finding) {
    return "%s: %s".formatted(finding.check(), finding.what());
  }

  private static void spreads(List<String> lines, Map<String, Spread> spreads) {
    spreads.forEach((role, spread) -> lines.add(line("  " + role, spread.inSeconds())));
  }

  private static String line(String what, String value) {
    return "%-26s %s".formatted(what, value);
  }
}
