// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.tool;

import dev.tocsin.agent.guard.Masker;
import dev.tocsin.agent.telemetry.Loki;
import dev.tocsin.agent.telemetry.TelemetryException;
import dev.tocsin.schemas.Cut;
import dev.tocsin.schemas.context.Evidence;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Log lines that match a LogQL query. */
public final class LokiTool implements Tool {

  private static final int LONGEST_LINE = 400;

  /** What evidence has room for. */
  private static final int LONGEST_TEXT = 1_900;

  private final Loki loki;
  private final Masker masker;

  public LokiTool(Loki loki, Masker masker) {
    this.loki = loki;
    this.masker = masker;
  }

  @Override
  public String name() {
    return "loki_query_range";
  }

  @Override
  public String description() {
    return "The last log lines that match a LogQL query in a span of time.";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        new Parameter("query", "a LogQL query, e.g. {app=\"shop\"} |= \"error\"", true),
        Arguments.FROM,
        Arguments.TO);
  }

  @Override
  public Evidence call(Arguments arguments, Instant now)
      throws Refusal, TelemetryException, InterruptedException {
    String query = arguments.text("query");
    Arguments.Span span = arguments.span(now);
    List<Loki.Line> lines = loki.lines(query, span.from(), span.to());
    return new Evidence(
        "",
        "loki",
        lines.size() + " log lines from " + span.inWords(),
        lastOf(lines),
        query,
        now,
        null);
  }

  /** As many of the last lines as there is room for, oldest first. */
  private String lastOf(List<Loki.Line> lines) {
    Deque<String> last = new ArrayDeque<>();
    int room = LONGEST_TEXT;
    for (Loki.Line line : lines.reversed()) {
      String text =
          line.at()
              + " "
              + Cut.to(LONGEST_LINE, line.stream() + ' ' + masker.shown(line.text(), LONGEST_LINE));
      room -= text.length() + 1;
      if (room < 0) {
        break;
      }
      last.addFirst(text);
    }
    return String.join("\n", last);
  }
}
