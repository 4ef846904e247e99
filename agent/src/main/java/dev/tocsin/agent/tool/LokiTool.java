// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.tool;

import dev.tocsin.agent.telemetry.Loki;
import dev.tocsin.agent.telemetry.TelemetryException;
import dev.tocsin.schemas.context.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Log lines that match a LogQL query. */
public final class LokiTool implements Tool {

  private static final int LONGEST_LINE = 300;

  private final Loki loki;

  public LokiTool(Loki loki) {
    this.loki = loki;
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
        new Parameter("from", "ISO 8601, an hour before the end by default", false),
        new Parameter("to", "ISO 8601, now by default", false));
  }

  @Override
  public Evidence call(Arguments arguments, Instant now)
      throws Refusal, TelemetryException, InterruptedException {
    String query = arguments.text("query");
    Arguments.Span span = arguments.span(now);
    List<Loki.Line> lines = loki.lines(query, span.from(), span.to());
    String text =
        lines.stream()
            .map(l -> l.at() + " " + l.stream() + ' ' + cut(l.text()))
            .collect(Collectors.joining("\n"));
    return new Evidence(
        "",
        "loki",
        lines.size() + " log lines from " + span.from() + " to " + span.to(),
        text,
        query,
        now,
        null);
  }

  private static String cut(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE);
  }
}
