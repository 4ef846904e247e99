// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

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
              "PagerDuty API",
              "tocsin.pagerduty.api-token",
              "late context goes there as notes, and what people do there is asked for",
              "TOCSIN_PAGERDUTY_API_TOKEN and _FROM"),
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

  private static final String SOURCES = "tocsin.ingest.sources";

  /** Those that need no more than a secret. */
  private static final List<String> BUILT_IN = List.of("grafana", "alertmanager", "prometheus");

  private final Environment properties;

  StartReport(Environment properties) {
    this.properties = properties;
  }

  /**
   * @param login how to log in, behind the console's address; empty when that is configured
   */
  List<String> lines(String broker, String data, int ingestPort, int consolePort, String login) {
    List<String> lines = new ArrayList<>();
    lines.add(on("broker", broker));
    lines.add(on("data", data));
    lines.add(on("alerts in", "http://localhost:%d/v1/alerts/{source}".formatted(ingestPort)));
    lines.add(on("console", "http://localhost:%d%s".formatted(consolePort, login)));
    sources().forEach(source -> lines.add(line(source)));
    for (Integration integration : INTEGRATIONS) {
      String value = properties.getProperty(integration.property(), "");
      lines.add(
          value.isBlank()
              ? off(integration.name(), integration.turnOn())
              : on(integration.name(), integration.says()));
    }
    return lines;
  }

  /** Those that are built in, and the operator's own. */
  private Set<String> sources() {
    Set<String> names = new LinkedHashSet<>(BUILT_IN);
    Bindable<Map<String, Map<String, String>>> byName =
        Bindable.of(
            ResolvableType.forClassWithGenerics(
                Map.class,
                ResolvableType.forClass(String.class),
                ResolvableType.forClassWithGenerics(Map.class, String.class, String.class)));
    names.addAll(
        new TreeSet<>(Binder.get(properties).bind(SOURCES, byName).orElse(Map.of()).keySet()));
    return names;
  }

  private String line(String source) {
    String name = "source " + source;
    String keys = "TOCSIN_INGEST_SOURCES_" + source.toUpperCase(Locale.ROOT);
    if ("false".equals(setting(source, "enabled"))) {
      return off(name, keys + "_ENABLED=true");
    }
    if ("true".equals(setting(source, "open"))) {
      return on(name, "messages are accepted from anybody");
    }
    boolean authenticates =
        Stream.of("token", "hmac-secret", "password")
            .anyMatch(key -> !setting(source, key).isBlank());
    return authenticates
        ? on(name, "authenticated messages are accepted")
        : off(name, keys + "_TOKEN or _HMAC_SECRET");
  }

  private String setting(String source, String key) {
    return properties.getProperty(SOURCES + '.' + source + '.' + key, "");
  }

  private static String on(String name, String says) {
    return "  on   %-24s %s".formatted(name, says);
  }

  private static String off(String name, String turnOn) {
    return "  off  %-24s turn on with %s".formatted(name, turnOn);
  }
}
