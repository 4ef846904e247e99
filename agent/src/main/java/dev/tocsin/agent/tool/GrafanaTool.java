// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.tool;

import dev.tocsin.agent.telemetry.Grafana;
import dev.tocsin.agent.telemetry.TelemetryException;
import dev.tocsin.schemas.context.Evidence;
import java.time.Instant;
import java.util.List;

/** A look into Grafana: one of the few that change nothing there. */
public final class GrafanaTool implements Tool {

  private final Look look;
  private final Grafana grafana;

  public GrafanaTool(Look look, Grafana grafana) {
    this.look = look;
    this.grafana = grafana;
  }

  /** What can be looked at. */
  public enum Look {
    ANNOTATIONS(
        "grafana_annotations",
        "What deployments and people noted on graphs in a span of time.",
        Arguments.FROM,
        Arguments.TO),
    ALERT_RULES(
        "grafana_alert_rules",
        "Alert rules with their expressions.",
        new Parameter("containing", "a text in the rule's title or labels", false)),
    DASHBOARDS(
        "grafana_dashboards",
        "Dashboards by title.",
        new Parameter("search", "words of the title", true));

    private final String tool;
    private final String description;
    private final List<Parameter> parameters;

    Look(String tool, String description, Parameter... parameters) {
      this.tool = tool;
      this.description = description;
      this.parameters = List.of(parameters);
    }
  }

  @Override
  public String name() {
    return look.tool;
  }

  @Override
  public String description() {
    return look.description;
  }

  @Override
  public List<Parameter> parameters() {
    return look.parameters;
  }

  @Override
  public Evidence call(Arguments arguments, Instant now)
      throws Refusal, TelemetryException, InterruptedException {
    return switch (look) {
      case ANNOTATIONS -> {
        Arguments.Span span = arguments.span(now);
        yield evidence(grafana.annotations(span.from(), span.to()), span.inWords(), now);
      }
      case ALERT_RULES -> {
        String containing = arguments.text("containing");
        yield evidence(grafana.alertRules(containing), containing, now);
      }
      case DASHBOARDS -> {
        String search = arguments.text("search");
        yield evidence(grafana.dashboards(search), search, now);
      }
    };
  }

  private Evidence evidence(List<String> lines, String query, Instant now) {
    String title = lines.size() + " found by " + look.tool;
    return new Evidence("", "grafana", title, String.join("\n", lines), query, now, null);
  }
}
