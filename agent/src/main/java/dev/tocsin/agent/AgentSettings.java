// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent;

import dev.tocsin.agent.evidence.PrometheusQuery;
import dev.tocsin.agent.guard.BudgetSettings;
import dev.tocsin.agent.llm.LlmSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the agent may use. One record for the whole prefix, so that a misspelt key below it stops
 * the start; its parts stand beside what they set.
 *
 * @param port of health and metrics, when the agent runs alone
 * @param concurrency how many investigations work at the same time, from 1 to 64
 * @param queue how many may be at work or wait before steps are answered at once, with less
 * @param runbooksDir a directory of Markdown files; empty means there is none
 */
@ConfigurationProperties(prefix = "tocsin.agent", ignoreUnknownFields = false)
record AgentSettings(
    @DefaultValue("8084") int port,
    @DefaultValue("4") int concurrency,
    @DefaultValue("64") int queue,
    @DefaultValue("") String runbooksDir,
    @DefaultValue LlmSettings llm,
    @DefaultValue BudgetSettings budget,
    @DefaultValue KnowledgeSettings knowledge,
    @DefaultValue PrometheusSettings prometheus,
    @DefaultValue LokiSettings loki,
    @DefaultValue GrafanaSettings grafana) {

  AgentSettings {
    if (concurrency < 1 || concurrency > 64) {
      throw new IllegalArgumentException(
          "tocsin.agent.concurrency should be between 1 and 64: was " + concurrency);
    }
    if (queue < concurrency || queue > 10_000) {
      throw new IllegalArgumentException(
          "tocsin.agent.queue should be between concurrency (%d) and 10000: was %d"
              .formatted(concurrency, queue));
    }
  }

  /**
   * @param lookBack how old past incidents may be that are remembered at start
   */
  record KnowledgeSettings(@DefaultValue("14d") Duration lookBack) {}

  /**
   * @param url empty means there is none
   * @param timeout of one query, and of all before an investigation goes on without them
   * @param queries asked about every incident that has the labels they need
   */
  record PrometheusSettings(
      @DefaultValue("") String url,
      @DefaultValue("3s") Duration timeout,
      @DefaultValue List<PrometheusQuery> queries) {

    PrometheusSettings {
      queries = List.copyOf(queries);
    }

    Optional<URI> address() {
      return AgentSettings.address("tocsin.agent.prometheus.url", url);
    }
  }

  /**
   * @param url empty means there is none
   */
  record LokiSettings(@DefaultValue("") String url, @DefaultValue("5s") Duration timeout) {

    Optional<URI> address() {
      return AgentSettings.address("tocsin.agent.loki.url", url);
    }
  }

  /**
   * @param url empty means there is none
   * @param token of a service account with the role Viewer
   */
  record GrafanaSettings(
      @DefaultValue("") String url,
      @DefaultValue("") String token,
      @DefaultValue("5s") Duration timeout) {

    Optional<URI> address() {
      return AgentSettings.address("tocsin.agent.grafana.url", url);
    }

    @Override
    public String toString() {
      return "GrafanaSettings[" + url + ", token " + (token.isBlank() ? "none" : "set") + ']';
    }
  }

  private static Optional<URI> address(String key, String url) {
    if (url.isBlank()) {
      return Optional.empty();
    }
    if (!url.matches("https?://[^\\s/]+.*")) {
      throw new IllegalArgumentException(
          key + " should be an http(s) address like http://localhost:9090: was " + url);
    }
    return Optional.of(URI.create(url));
  }
}
