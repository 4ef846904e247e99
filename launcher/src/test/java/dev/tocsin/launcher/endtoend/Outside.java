// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.endtoend;

import static org.awaitility.Awaitility.await;

import dev.tocsin.schemas.topic.Json;
import dev.tocsin.testkit.jira.FakeJira;
import dev.tocsin.testkit.llm.FakeModel;
import dev.tocsin.testkit.llm.Script;
import dev.tocsin.testkit.pagerduty.FakePagerDuty;
import dev.tocsin.testkit.slack.FakeSlack;
import dev.tocsin.testkit.webhook.FakeWebhookReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * Everything around the program: its sender, the vendors, a subscriber, a model, and a person with
 * the API.
 */
final class Outside implements AutoCloseable {

  static final String TOKEN = "end-to-end-token-0123456789";

  /** Generous, since CI machines are slow; nothing waits that long when all is well. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  final FakePagerDuty pagerDuty = FakePagerDuty.start();
  final FakeJira jira = FakeJira.start();
  final FakeSlack slack = FakeSlack.start();
  final FakeWebhookReceiver subscriber = FakeWebhookReceiver.start();
  final FakeModel model = FakeModel.start(Script.hangs());

  /** Other runs of tests on this machine begin elsewhere. */
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger(20_000 + (int) (ProcessHandle.current().pid() % 10_000));

  final int ingestPort = freePort();
  final int consolePort = freePort();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Settings that connect the program to all of it but the model. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("tocsin.ingest.port", Integer.toString(ingestPort));
    settings.put("tocsin.console.port", Integer.toString(consolePort));
    settings.put("tocsin.ingest.sources.grafana.token", TOKEN);
    settings.put("tocsin.console.api-tokens", TOKEN);
    settings.put("tocsin.pagerduty.url", pagerDuty.uri().toString());
    settings.put("tocsin.pagerduty.routing-key", FakePagerDuty.ROUTING_KEY);
    settings.put("tocsin.pagerduty.api-token", FakePagerDuty.API_TOKEN);
    settings.put("tocsin.pagerduty.from", "oncall@example.com");
    settings.put("tocsin.jira.url", jira.uri().toString());
    settings.put("tocsin.jira.email", FakeJira.EMAIL);
    settings.put("tocsin.jira.api-token", FakeJira.API_TOKEN);
    settings.put("tocsin.jira.project", FakeJira.PROJECT);
    settings.put("tocsin.slack.url", slack.uri().toString());
    settings.put("tocsin.slack.token", FakeSlack.TOKEN);
    settings.put("tocsin.slack.channel", FakeSlack.CHANNEL);
    settings.put("tocsin.notifier.webhook.allowed-networks", "127.0.0.0/8");
    return settings;
  }

  Map<String, String> settingsWithModel() {
    Map<String, String> settings = settings();
    settings.put("tocsin.agent.llm.url", model.url().toString());
    settings.put("tocsin.agent.llm.model", "scripted");
    settings.put("tocsin.agent.llm.api-key", "scripted");
    return settings;
  }

  /** The same as environment variables, for a program in a process of its own. */
  static Map<String, String> environment(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>();
    settings.forEach(
        (key, value) ->
            environment.put(
                key.replace('.', '_').replace('-', '_').toUpperCase(java.util.Locale.ROOT), value));
    return environment;
  }

  /** Posts one Grafana alert of a service; the status of the answer. */
  int post(URI ingest, String status, String service, String startsAt) {
    String body =
        """
        {"receiver":"e2e","status":"%1$s","orgId":1,"version":"1","groupKey":"{}:{service=%2$s}","truncatedAlerts":0,
         "alerts":[{"status":"%1$s","labels":{"alertname":"ServiceDown","service":"%2$s","severity":"critical"},
           "annotations":{"summary":"%2$s does not answer"},"startsAt":"%3$s","endsAt":"0001-01-01T00:00:00Z",
           "fingerprint":"%4$016x","values":{"B":0},"generatorURL":"","silenceURL":"","dashboardURL":"","panelURL":""}]}
        """
            .formatted(status, service, startsAt, service.hashCode());
    HttpRequest request =
        HttpRequest.newBuilder(ingest.resolve("/v1/alerts/grafana"))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return send(request).statusCode();
  }

  int post(String status, String service, String startsAt) {
    return post(ingest(), status, service, startsAt);
  }

  URI ingest() {
    return URI.create("http://127.0.0.1:" + ingestPort);
  }

  URI console() {
    return URI.create("http://127.0.0.1:" + consolePort);
  }

  JsonNode get(String path) {
    return get(console(), path);
  }

  JsonNode get(URI console, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(console.resolve(path))
            .header("Authorization", "Bearer " + TOKEN)
            .build();
    return Json.MAPPER.readTree(send(request).body());
  }

  /** A counter of the program, over all its labels that have {@code label}. */
  double counted(String name, String label) {
    return meters()
        .lines()
        .filter(line -> line.startsWith(name + '{') && line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Meters of ours that say nothing of what they count. */
  List<String> metersWithoutWords() {
    return meters().lines().filter(line -> line.matches("# HELP tocsin_\\w+\\s*")).toList();
  }

  private String meters() {
    return send(HttpRequest.newBuilder(console().resolve("/actuator/prometheus"))
            .header("Authorization", "Bearer " + TOKEN)
            .build())
        .body();
  }

  HttpResponse<String> command(String path, String body) {
    return send(
        HttpRequest.newBuilder(console().resolve(path))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  static void eventually(Callable<Boolean> condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
  }

  /** For what waits for a lease to expire first, or for a program that reads everything again. */
  static void patiently(Callable<Boolean> condition) {
    await().atMost(PATIENCE.multipliedBy(8)).pollInterval(Duration.ofMillis(200)).until(condition);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * One that is not handed to outgoing connections, which are given ports from 32768 on: between
   * the look and the use such a connection could have it.
   */
  static int freePort() {
    int port = NEXT_PORT.getAndIncrement();
    while (!isFree(port)) {
      port = NEXT_PORT.getAndIncrement();
    }
    return port;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    model.close();
    subscriber.close();
    slack.close();
    jira.close();
    pagerDuty.close();
  }
}
