// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.endtoend;

import static dev.tocsin.launcher.endtoend.Outside.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.launcher.Everything;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.testkit.jira.FakeJira;
import dev.tocsin.testkit.llm.Prompt;
import dev.tocsin.testkit.llm.Script;
import dev.tocsin.testkit.pagerduty.FakePagerDuty;
import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.slack.FakeSlack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Two hundred secrets through every door there is, and a search for them wherever something is kept
 * or shown.
 *
 * <p>What is in an alert stays in the topics, the state and what is delivered, as it came: people
 * need it. Logs and prompts do not have it. What an operator configures is in the memory of the
 * process, and nowhere else.
 */
class CanaryTest {

  private static final int ALL = 200;

  @TempDir Path data;

  private final Outside outside = new Outside();
  private final HttpClient http = HttpClient.newHttpClient();
  private final PrintStream out = System.out;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final List<String> secrets = new ArrayList<>();
  private final List<String> inAlerts = new ArrayList<>();

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(log, true, UTF_8));
  }

  @AfterEach
  void close() {
    System.setOut(out);
    out.write(log.toByteArray(), 0, log.size());
    outside.close();
  }

  @Test
  void secrets_areWhereTheyHaveToBe_andNowhereElse() throws Exception {
    int broker = Outside.freePort();
    outside.model.follow(
        Script.investigates(
            new Script.Conclusion("It fails.", "A leak.", 0.7, List.of(), List.of())));
    try (Everything program = Everything.start(data, "", settings(broker))) {
      assertThat(program.report()).isNotEmpty();
      strangers();
      subscribers();
      alerts();

      assertThat(secrets.size() + inAlerts.size()).isGreaterThanOrEqualTo(ALL);
      List<String> all = Stream.concat(secrets.stream(), inAlerts.stream()).distinct().toList();
      assertThat(all).hasSize(secrets.size() + inAlerts.size());
      assertNone("topics", secrets, topics(broker));
      assertNone("what the API shows", secrets, shown());
      assertNone(
          "prompts",
          all,
          outside.model.prompts().stream().map(Prompt::text).collect(Collectors.joining("\n")));
    }
    assertNone(
        "logs", Stream.concat(secrets.stream(), inAlerts.stream()).toList(), log.toString(UTF_8));
    assertNone("files", secrets, files());
  }

  private Map<String, String> settings(int broker) {
    Map<String, String> settings = new HashMap<>(outside.settingsWithModel());
    settings.put("tocsin.broker.port", "" + broker);
    settings.put("tocsin.ingest.sources.grafana.token", Outside.TOKEN + ',' + secrets("token", 40));
    settings.put("tocsin.ingest.sources.grafana.hmac-secret", secrets("hmac", 30));
    settings.put("tocsin.ingest.sources.alertmanager.username", "am");
    settings.put("tocsin.ingest.sources.alertmanager.password", secrets("basic", 1));
    settings.put("tocsin.console.api-tokens", Outside.TOKEN + ',' + secrets("api", 20));
    settings.put("tocsin.console.admin-password", secrets("admin", 1));
    settings.put("tocsin.agent.llm.api-key", secrets("model", 1));
    settings.put("tocsin.agent.grafana.url", outside.jira.uri().toString());
    settings.put("tocsin.agent.grafana.token", secrets("grafana", 1));
    String signingKey =
        Base64.getEncoder().encodeToString(secret("signing").substring(0, 32).getBytes(UTF_8));
    settings.put("tocsin.signing-key", signingKey);
    secrets.add(signingKey);
    secrets.add(FakePagerDuty.API_TOKEN);
    secrets.add(FakePagerDuty.ROUTING_KEY);
    secrets.add(FakeJira.API_TOKEN);
    secrets.add(FakeSlack.TOKEN);
    return settings;
  }

  private String secrets(String door, int count) {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(secret(door + i));
    }
    secrets.addAll(made);
    return String.join(",", made);
  }

  private static String secret(String door) {
    return "cnry"
        + ContentId.of(door, door, 1).replaceAll("[^a-z0-9]", "")
        + ContentId.of("z", door);
  }

  /** Wrong credentials, and right ones in wrong places. */
  private void strangers() throws Exception {
    for (int i = 0; i < 10; i++) {
      String wrong = secrets("wrong" + i, 1);
      assertThat(send(outside.ingest(), "/v1/alerts/grafana", "{}", "Bearer " + wrong))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(401);
      String guess = secrets("guess" + i, 1);
      String basic = "admin:" + guess;
      assertThat(
              send(
                  outside.console(),
                  "/v1/subscriptions",
                  "{}",
                  "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(UTF_8))))
          .extracting(HttpResponse::statusCode)
          .isIn(401, 429);
      String asked = secrets("query" + i, 1);
      assertThat(
              send(outside.ingest(), "/v1/alerts/grafana?token=" + asked, "{}", "Bearer x")
                  .statusCode())
          .isEqualTo(401);
      String login = secrets("login" + i, 1);
      HttpResponse<String> refused =
          outside.command(
              "/v1/subscriptions",
              "{\"url\":\"https://ann:%s@hooks.example.com/\",\"events\":[\"dev.tocsin.*\"]}"
                  .formatted(login));
      assertThat(refused.statusCode()).isBetween(400, 422);
      assertThat(refused.body()).doesNotContain(login);
    }
  }

  private void subscribers() {
    for (int i = 0; i < 20; i++) {
      JsonNode subscription =
          Json.MAPPER.readTree(
              outside
                  .command(
                      "/v1/subscriptions",
                      "{\"url\":\"%s\",\"events\":[\"dev.tocsin.incident.*\"]}"
                          .formatted(outside.subscriber.uri().resolve("/events" + i)))
                  .body());
      secrets.add(subscription.path("secret").asString());
      secrets.add(subscription.path("token").asString());
      outside.subscriber.trust(subscription.path("secret").asString());
    }
    Map<String, String> answer = new HashMap<>();
    for (int i = 0; i < 5; i++) {
      answer.put("apiToken" + i, secrets("answered" + i, 1));
    }
    outside.subscriber.failNext(1, Answer.json(500, answer));
  }

  private void alerts() throws Exception {
    Map<String, String> annotations = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      String secret = secret("alert" + i);
      inAlerts.add(secret);
      annotations.put("note" + i, "cannot log in with password=" + secret);
    }
    String body =
        """
        {"receiver":"e2e","status":"firing","orgId":1,"version":"1","groupKey":"{}:{}","truncatedAlerts":0,
         "alerts":[{"status":"firing","labels":{"alertname":"ServiceDown","service":"checkout","severity":"critical"},
           "annotations":%s,"startsAt":"2026-03-02T10:00:00Z","endsAt":"0001-01-01T00:00:00Z",
           "fingerprint":"0000000000000001","values":{"B":0},"generatorURL":"","silenceURL":"","dashboardURL":"","panelURL":""}]}
        """
            .formatted(Json.MAPPER.writeValueAsString(annotations));
    assertThat(send(outside.ingest(), "/v1/alerts/grafana", body, "Bearer " + secrets.getFirst()))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(202);
    eventually(() -> !outside.pagerDuty.openIncidents().isEmpty());
    eventually(() -> outside.jira.issues().size() == 1);
    eventually(() -> !outside.model.prompts().isEmpty());
    eventually(() -> outside.subscriber.requests().size() >= 20);
    eventually(() -> outside.get("/v1/deliveries").path("items").size() >= 20);
  }

  private String shown() {
    StringBuilder shown = new StringBuilder();
    for (String path :
        List.of(
            "/v1/deliveries?limit=200",
            "/v1/subscriptions",
            "/v1/incidents",
            "/v1/accounting",
            "/actuator/health",
            "/actuator/prometheus")) {
      shown.append(text(path));
    }
    for (JsonNode delivery : outside.get("/v1/deliveries").path("items")) {
      shown.append(text("/v1/deliveries/" + delivery.path("id").asString()));
    }
    return shown.toString();
  }

  private String text(String path) {
    try {
      return http.send(
              HttpRequest.newBuilder(outside.console().resolve(path))
                  .header("Authorization", "Bearer " + Outside.TOKEN)
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> send(URI to, String path, String body, String authorization)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(to + path))
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Every record of every topic, changelogs and dead letters too: key, value and headers. */
  private static String topics(int broker) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", "127.0.0.1:" + broker,
            "key.deserializer", ByteArrayDeserializer.class,
            "value.deserializer", ByteArrayDeserializer.class);
    StringBuilder text = new StringBuilder();
    int records = 0;
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
      List<TopicPartition> partitions =
          consumer.listTopics().values().stream()
              .flatMap(List::stream)
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      assertThat(partitions).hasSizeGreaterThan(15);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          records++;
          text.append(latin(record.key())).append(latin(record.value())).append('\n');
          record.headers().forEach(h -> text.append(latin(h.value())).append('\n'));
        }
      }
    }
    assertThat(records).isGreaterThan(100);
    return text.toString();
  }

  private static String latin(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, ISO_8859_1);
  }

  private String files() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.size(file) < 64 << 20 && !file.toString().endsWith("index")) {
          text.append(latin(Files.readAllBytes(file))).append('\n');
        }
      }
    }
    return text.toString();
  }

  private static void assertNone(String where, List<String> secrets, String text) {
    assertThat(text).as(where + " were read").isNotEmpty();
    assertThat(secrets.stream().filter(text::contains).toList())
        .as("secrets in " + where)
        .isEmpty();
  }
}
