// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.demo;

import dev.tocsin.testkit.jira.FakeJira;
import dev.tocsin.testkit.jira.JiraIssue;
import dev.tocsin.testkit.llm.FakeModel;
import dev.tocsin.testkit.llm.Script;
import dev.tocsin.testkit.pagerduty.FakePagerDuty;
import dev.tocsin.testkit.prometheus.FakePrometheus;
import dev.tocsin.testkit.slack.FakeSlack;
import dev.tocsin.testkit.slack.SlackMessage;
import dev.tocsin.testkit.webhook.FakeWebhookReceiver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Plays every integration that is not configured, over HTTP and with the vendors' behaviour. */
final class Sandbox implements AutoCloseable {

  final FakePagerDuty pagerDuty = FakePagerDuty.start();
  final FakeJira jira = FakeJira.start();
  final FakeSlack slack = FakeSlack.start();
  final FakeWebhookReceiver subscriber = FakeWebhookReceiver.start();
  private final FakeModel model = FakeModel.start(Script.investigates(FINDING));
  private final FakePrometheus prometheus = FakePrometheus.start();

  private static final Script.Conclusion FINDING =
      new Script.Conclusion(
          "Checkout fails for about 18 % of requests since its database pool ran out of connections. Latency rose first, errors"
              + " followed when waiting requests timed out.",
          "The connection pool of checkout-db is exhausted: all 100 connections are in use since release 2026.11.4.",
          0.8,
          List.of(
              "Roll checkout back to release 2026.11.3",
              "If that takes longer than five minutes, raise the pool to 200 connections",
              "Watch pg_stat_activity for sessions that are idle in transaction"),
          List.of("Did release 2026.11.4 change how connections are closed?"));

  private final Set<String> configured;

  /**
   * @param configured the integrations that the operator configured: those stay as they are
   */
  Sandbox(Set<String> configured) {
    this.configured = configured;
    prometheus.given(
        "", Map.of("service", "checkout"), seconds -> 2.4 + Math.sin(seconds / 30) / 10);
    prometheus.given(
        "ALERTS{",
        Map.of("alertname", "CheckoutLatencyHigh", "alertstate", "firing", "service", "checkout"),
        _ -> 1);
  }

  /** Settings for what it plays. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    if (plays("pagerduty")) {
      settings.put("tocsin.pagerduty.url", pagerDuty.uri().toString());
      settings.put("tocsin.pagerduty.routing-key", FakePagerDuty.ROUTING_KEY);
      settings.put("tocsin.pagerduty.api-token", FakePagerDuty.API_TOKEN);
      settings.put("tocsin.pagerduty.from", "oncall@example.com");
    }
    if (plays("jira")) {
      settings.put("tocsin.jira.url", jira.uri().toString());
      settings.put("tocsin.jira.email", FakeJira.EMAIL);
      settings.put("tocsin.jira.api-token", FakeJira.API_TOKEN);
      settings.put("tocsin.jira.project", FakeJira.PROJECT);
    }
    if (plays("slack")) {
      settings.put("tocsin.slack.url", slack.uri().toString());
      settings.put("tocsin.slack.token", FakeSlack.TOKEN);
      settings.put("tocsin.slack.channel", FakeSlack.CHANNEL);
    }
    if (plays("agent")) {
      settings.put("tocsin.agent.llm.url", model.url().toString());
      settings.put("tocsin.agent.llm.model", "sandbox");
      settings.put("tocsin.agent.llm.api-key", "sandbox");
      settings.put("tocsin.agent.prometheus.url", prometheus.url().toString());
    }
    settings.put("tocsin.notifier.webhook.allowed-networks", "127.0.0.0/8");
    return settings;
  }

  private boolean plays(String integration) {
    return !configured.contains(integration);
  }

  /** The posts, without what is in their threads. */
  List<SlackMessage> posts() {
    return slack.messages().stream().filter(message -> !message.isReply()).toList();
  }

  /** Whether all that it plays has seen the end. */
  boolean isOver() {
    return pagerDuty.openIncidents().isEmpty()
        && (!plays("jira") || all(jira.issues(), JiraIssue::isDone))
        && (!plays("slack") || all(posts(), post -> post.text().endsWith("(resolved)")));
  }

  private static <T> boolean all(List<T> some, Predicate<T> isOver) {
    return !some.isEmpty() && some.stream().allMatch(isOver);
  }

  @Override
  public void close() {
    prometheus.close();
    model.close();
    subscriber.close();
    slack.close();
    jira.close();
    pagerDuty.close();
  }
}
