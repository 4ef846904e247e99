// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.tool;

import dev.tocsin.agent.telemetry.Prometheus;
import dev.tocsin.agent.telemetry.Series;
import dev.tocsin.agent.telemetry.TelemetryException;
import dev.tocsin.schemas.context.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The value of a PromQL expression at one time. */
public final class PrometheusQueryTool implements Tool {

  private static final int MOST_SERIES = 30;

  private final Prometheus prometheus;

  public PrometheusQueryTool(Prometheus prometheus) {
    this.prometheus = prometheus;
  }

  @Override
  public String name() {
    return "prometheus_query";
  }

  @Override
  public String description() {
    return "The value of a PromQL expression at one time.";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        new Parameter("query", "a PromQL expression", true),
        new Parameter("time", "ISO 8601, now by default", false));
  }

  @Override
  public Evidence call(Arguments arguments, Instant now)
      throws Refusal, TelemetryException, InterruptedException {
    String query = arguments.text("query");
    Instant time = arguments.time("time", now);
    List<Series> found = prometheus.at(query, time);
    String text =
        found.stream()
            .limit(MOST_SERIES)
            .map(PrometheusQueryTool::line)
            .collect(Collectors.joining("\n"));
    return new Evidence(
        "",
        "prometheus",
        found.size() + " series at " + time,
        text,
        query,
        now,
        prometheus.link(query, time.minus(Duration.ofHours(1)), time));
  }

  /** A text or a native histogram is found, too, and has no number to show. */
  private static String line(Series series) {
    return series.samples().isEmpty()
        ? series.name() + " has no number"
        : series.name() + ' ' + Series.number(series.samples().getLast().value());
  }
}
