// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import java.util.ArrayList;
import java.util.List;
import org.springframework.core.env.PropertyResolver;

/** What is on, what is off and how to turn it on: one screen, at start. */
final class StartReport {

  /** Something outside that may be connected, and the key that does it. */
  private record Integration(String name, String property, String says, String turnOn) {}

  private static final List<Integration> INTEGRATIONS =
      List.of(
          new Integration(
              "PagerDuty",
              "tocsin.pagerduty.routing-key",
              "pages go out",
              "TOCSIN_PAGERDUTY_ROUTING_KEY"),
          new Integration(
              "second channel",
              "tocsin.pagerduty.second.routing-key",
              "pages that PagerDuty does not take go there as well",
              "TOCSIN_PAGERDUTY_SECOND_ROUTING_KEY"),
          new Integration(
              "PagerDuty webhooks",
              "tocsin.ingest.callbacks.pagerduty.secret",
              "what people do there is seen at once",
              "TOCSIN_INGEST_CALLBACKS_PAGERDUTY_SECRET"),
          new Integration(
              "Jira webhooks",
              "tocsin.ingest.callbacks.jira.secret",
              "what people do there is seen at once",
              "TOCSIN_INGEST_CALLBACKS_JIRA_SECRET"),
          new Integration(
              "Jira",
              "tocsin.jira.url",
              "tickets are opened",
              "TOCSIN_JIRA_URL, _EMAIL, _API_TOKEN and _PROJECT"),
          new Integration(
              "Slack",
              "tocsin.slack.token",
              "incidents are posted",
              "TOCSIN_SLACK_TOKEN and _CHANNEL"),
          new Integration(
              "Slack buttons",
              "tocsin.ingest.callbacks.slack.secret",
              "pressing them acts, where tocsin.slack.buttons is true",
              "TOCSIN_INGEST_CALLBACKS_SLACK_SECRET and TOCSIN_SLACK_BUTTONS=true"),
          new Integration(
              "model",
              "tocsin.agent.llm.url",
              "investigations are done by a model",
              "TOCSIN_AGENT_LLM_URL and _MODEL; evidence is gathered without"),
          new Integration(
              "Prometheus (agent)",
              "tocsin.agent.prometheus.url",
              "evidence from metrics",
              "TOCSIN_AGENT_PROMETHEUS_URL"),
          new Integration(
              "Loki", "tocsin.agent.loki.url", "evidence from logs", "TOCSIN_AGENT_LOKI_URL"),
          new Integration(
              "Grafana (agent)",
              "tocsin.agent.grafana.url",
              "evidence from Grafana",
              "TOCSIN_AGENT_GRAFANA_URL"),
          new Integration(
              "Prometheus (detection)",
              "tocsin.detection.prometheus-url",
              "watched series are polled",
              "TOCSIN_DETECTION_PROMETHEUS_URL"),
          new Integration(
              "Alertmanager (detection)",
              "tocsin.detection.alertmanager-url",
              "its silences are honoured",
              "TOCSIN_DETECTION_ALERTMANAGER_URL"));

  private final PropertyResolver properties;

  StartReport(PropertyResolver properties) {
    this.properties = properties;
  }

  List<String> lines(String broker, String data, int ingestPort, int consolePort) {
    List<String> lines = new ArrayList<>();
    lines.add(on("broker", broker));
    lines.add(on("data", data));
    lines.add(on("alerts in", "http://localhost:%d/v1/alerts/{source}".formatted(ingestPort)));
    lines.add(on("console", "http://localhost:%d".formatted(consolePort)));
    for (String source : List.of("grafana", "alertmanager", "prometheus")) {
      lines.add(
          isSourceOn(source)
              ? on("source " + source, "authenticated messages are accepted")
              : off(
                  "source " + source,
                  "TOCSIN_INGEST_SOURCES_%s_TOKEN or _HMAC_SECRET"
                      .formatted(source.toUpperCase(java.util.Locale.ROOT))));
    }
    for (Integration integration : INTEGRATIONS) {
      String value = properties.getProperty(integration.property(), "");
      lines.add(
          value.isBlank()
              ? off(integration.name(), integration.turnOn())
              : on(integration.name(), integration.says()));
    }
    return lines;
  }

  private boolean isSourceOn(String source) {
    String prefix = "tocsin.ingest.sources." + source + '.';
    return List.of("token", "hmac-secret", "password", "open").stream()
        .anyMatch(key -> !properties.getProperty(prefix + key, "").isBlank());
  }

  private static String on(String name, String says) {
    return "  on   %-24s %s".formatted(name, says);
  }

  private static String off(String name, String turnOn) {
    return "  off  %-24s turn on with %s".formatted(name, turnOn);
  }
}
