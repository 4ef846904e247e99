// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.endtoend;

import static dev.tocsin.launcher.endtoend.Outside.patiently;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.launcher.Tocsin;
import dev.tocsin.proof.process.Build;
import dev.tocsin.proof.process.Installation;
import dev.tocsin.proof.process.Role;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.testkit.llm.Script;
import dev.tocsin.testkit.slack.FakeSlack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whose memory has which secrets, where services run apart and each is told only what it uses: two
 * hundred of them, through every door, and the heap of every process searched for each.
 *
 * <p>Minutes of seven processes, so it is run by {@code .ci/heap} and not with all tests.
 */
@EnabledIfSystemProperty(named = "tocsin.heap", matches = "true")
class HeapTest {

  private static final String CONSOLE_TOKEN = secret("console-token-used");
  private static final String SOURCE_TOKEN = secret("source-token-used");

  @TempDir Path directory;

  private final Outside outside = new Outside();
  private final HttpClient http = HttpClient.newHttpClient();

  /** What only these roles may have, by the door it came through. */
  private final Map<String, Set<String>> holders = new LinkedHashMap<>();

  private final Map<String, List<String>> secrets = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> settings = new HashMap<>();

  @Test
  void secret_isInTheMemoryOfThoseWhoUseIt_andOfNobodyElse() throws Exception {
    configure();
    outside.model.follow(
        Script.investigates(
            new Script.Conclusion("It fails.", "A leak.", 0.7, List.of(), List.of())));
    try (Installation program =
            Installation.apart(
                Tocsin.class.getName(),
                Build.own(),
                directory,
                role -> settings.getOrDefault(role, Map.of()));
        outside) {
      program.start();
      URI console = program.console();
      subscribers(console);
      strangers(program);
      alert(program.ingest());
      patiently(() -> !outside.pagerDuty.openIncidents().isEmpty());
      patiently(() -> !outside.model.prompts().isEmpty());
      patiently(() -> outside.subscriber.requests().size() >= 20);

      assertThat(secrets.values().stream().mapToInt(List::size).sum()).isGreaterThanOrEqualTo(200);
      search(program);
    }
  }

  private void configure() {
    own("source tokens", Set.of("ingest"), "ingest", "TOCSIN_INGEST_SOURCES_GRAFANA_TOKEN", 30);
    secrets.get("source tokens").add(SOURCE_TOKEN);
    settings
        .get("ingest")
        .merge("TOCSIN_INGEST_SOURCES_GRAFANA_TOKEN", SOURCE_TOKEN, HeapTest::join);
    own(
        "source secrets",
        Set.of("ingest"),
        "ingest",
        "TOCSIN_INGEST_SOURCES_GRAFANA_HMAC_SECRET",
        20);
    own(
        "source passwords",
        Set.of("ingest"),
        "ingest",
        "TOCSIN_INGEST_SOURCES_ALERTMANAGER_PASSWORD",
        1);
    settings.get("ingest").put("TOCSIN_INGEST_SOURCES_ALERTMANAGER_USERNAME", "am");
    own(
        "vendors' webhook secrets",
        Set.of("ingest"),
        "ingest",
        "TOCSIN_INGEST_CALLBACKS_PAGERDUTY_SECRET",
        10);
    own(
        "Slack's signing secret",
        Set.of("ingest"),
        "ingest",
        "TOCSIN_INGEST_CALLBACKS_SLACK_SECRET",
        1);
    own("API tokens", Set.of("console"), "console", "TOCSIN_CONSOLE_API_TOKENS", 20);
    secrets.get("API tokens").add(CONSOLE_TOKEN);
    settings.get("console").merge("TOCSIN_CONSOLE_API_TOKENS", CONSOLE_TOKEN, HeapTest::join);
    own(
        "the administrator's password",
        Set.of("console"),
        "console",
        "TOCSIN_CONSOLE_ADMIN_PASSWORD",
        1);
    own("the model's key", Set.of("agent"), "agent", "TOCSIN_AGENT_LLM_API_KEY", 1);
    own("Grafana's token", Set.of("agent"), "agent", "TOCSIN_AGENT_GRAFANA_TOKEN", 1);
    own(
        "PagerDuty's routing key",
        Set.of("notifier"),
        "notifier",
        "TOCSIN_PAGERDUTY_ROUTING_KEY",
        1);
    own(
        "PagerDuty's second key",
        Set.of("notifier"),
        "notifier",
        "TOCSIN_PAGERDUTY_SECOND_ROUTING_KEY",
        1);
    own("PagerDuty's token", Set.of("notifier"), "notifier", "TOCSIN_PAGERDUTY_API_TOKEN", 1);
    own("Jira's token", Set.of("notifier"), "notifier", "TOCSIN_JIRA_API_TOKEN", 1);
    own("Slack's token", Set.of("notifier"), "notifier", "TOCSIN_SLACK_TOKEN", 1);
    outside.pagerDuty.accept(secrets.get("PagerDuty's routing key").getFirst());

    Map<String, String> agent = settings.get("agent");
    agent.put("TOCSIN_AGENT_LLM_URL", outside.model.url().toString());
    agent.put("TOCSIN_AGENT_LLM_MODEL", "scripted");
    agent.put("TOCSIN_AGENT_GRAFANA_URL", outside.jira.uri().toString());
    Map<String, String> notifier = settings.get("notifier");
    notifier.put("TOCSIN_PAGERDUTY_URL", outside.pagerDuty.uri().toString());
    notifier.put("TOCSIN_JIRA_URL", outside.jira.uri().toString());
    notifier.put("TOCSIN_JIRA_EMAIL", "tocsin@example.com");
    notifier.put("TOCSIN_JIRA_PROJECT", "OPS");
    notifier.put("TOCSIN_SLACK_URL", outside.slack.uri().toString());
    notifier.put("TOCSIN_SLACK_CHANNEL", FakeSlack.CHANNEL);
    String key = Base64.getEncoder().encodeToString(secret("signing").getBytes(UTF_8));
    keep("the signing key", Set.of("console", "notifier"), List.of(key));
    for (String role : List.of("console", "notifier")) {
      settings.get(role).put("TOCSIN_SIGNING_KEY", key);
      settings.get(role).put("TOCSIN_NOTIFIER_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8");
    }
    for (String role : Installation.roles(false)) {
      Map<String, String> all = settings.computeIfAbsent(role, r -> new HashMap<>());
      all.put("TOCSIN_TOPICS_PARTITIONS", "1");
      all.put("TOCSIN_TOPICS_REPLICAS", "1");
    }
  }

  private void own(String door, Set<String> roles, String role, String name, int count) {
    List<String> made = IntStream.range(0, count).mapToObj(i -> secret(name + i)).toList();
    keep(door, roles, made);
    settings.computeIfAbsent(role, r -> new HashMap<>()).put(name, String.join(",", made));
  }

  private void keep(String door, Set<String> roles, List<String> made) {
    holders.put(door, roles);
    secrets.computeIfAbsent(door, d -> new ArrayList<>()).addAll(made);
  }

  private static String join(String some, String more) {
    return some + ',' + more;
  }

  /** Random to look at, the same at every run, and as long as PagerDuty's keys have to be. */
  private static String secret(String door) {
    String random = ContentId.of("x", door, 1) + ContentId.of("z", door);
    return ("cnry" + random.replaceAll("[^a-z0-9]", "")).substring(0, 32);
  }

  private void subscribers(URI console) throws Exception {
    List<String> given = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String wish =
          "{\"url\":\"%s\",\"events\":[\"dev.tocsin.incident.*\"]}"
              .formatted(outside.subscriber.uri().resolve("/events" + i));
      HttpResponse<String> answer =
          post(console.resolve("/v1/subscriptions"), "Bearer " + CONSOLE_TOKEN, wish);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      given.add(Json.MAPPER.readTree(answer.body()).path("secret").asString());
      outside.subscriber.trust(given.getLast());
    }
    keep("subscribers' secrets", Set.of("console", "notifier"), given);
  }

  /** Wrong credentials: whoever was asked may still have the last request in its buffers. */
  private void strangers(Installation program) throws Exception {
    List<String> atIngest = new ArrayList<>();
    List<String> atConsole = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      atIngest.add(secret("stranger at ingest " + i));
      assertThat(
              post(
                      program.ingest().resolve("/v1/alerts/grafana"),
                      "Bearer " + atIngest.getLast(),
                      "{}")
                  .statusCode())
          .isEqualTo(401);
      atConsole.add(secret("stranger at the console " + i));
      assertThat(
              post(
                      program.console().resolve("/v1/subscriptions"),
                      "Bearer " + atConsole.getLast(),
                      "{}")
                  .statusCode())
          .isIn(401, 429);
    }
    keep("strangers' tokens at ingest", Set.of("ingest"), atIngest);
    keep("strangers' tokens at the console", Set.of("console"), atConsole);
  }

  /** People's own secrets in what they send: data, which goes wherever the alert goes. */
  private void alert(URI ingest) throws Exception {
    Map<String, String> annotations = new HashMap<>();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sent.add(secret("alert" + i));
      annotations.put("note" + i, "cannot log in with password=" + sent.getLast());
    }
    keep("secrets in alerts", Set.copyOf(Installation.roles(false)), sent);
    String body =
        """
        {"receiver":"heap","status":"firing","orgId":1,"version":"1","groupKey":"{}:{}","truncatedAlerts":0,
         "alerts":[{"status":"firing","labels":{"alertname":"ServiceDown","service":"checkout","severity":"critical"},
           "annotations":%s,"startsAt":"2026-03-02T10:00:00Z","endsAt":"0001-01-01T00:00:00Z",
           "fingerprint":"0000000000000001","values":{"B":0},"generatorURL":""}]}
        """
            .formatted(Json.MAPPER.writeValueAsString(annotations));
    HttpResponse<String> answer =
        post(ingest.resolve("/v1/alerts/grafana"), "Bearer " + SOURCE_TOKEN, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  private void search(Installation program) throws Exception {
    List<String> all = secrets.values().stream().flatMap(List::stream).distinct().toList();
    Map<String, Set<String>> found = new TreeMap<>();
    for (Role role : program.roles()) {
      Path file = Heap.dump(role.pid(), directory.resolve(role.name() + ".hprof"));
      found.put(role.name(), Heap.find(file, all));
      Files.delete(file);
    }
    StringBuilder table = new StringBuilder("secrets found in live heaps:\n");
    List<String> astray = new ArrayList<>();
    secrets.forEach(
        (door, some) -> {
          table.append("%-34s of %3d:".formatted(door, some.size()));
          found.forEach(
              (role, there) -> {
                long count = some.stream().filter(there::contains).count();
                table.append(" %s %d".formatted(role, count));
                if (count > 0 && !holders.getOrDefault(door, Set.of()).contains(role)) {
                  astray.add("%d of %s in %s".formatted(count, door, role));
                }
              });
          table.append('\n');
        });
    System.out.println(table);
    assertThat(found.get("notifier"))
        .as("the search finds what is there")
        .contains(secrets.get("PagerDuty's routing key").getFirst());
    assertThat(astray).as(table.toString()).isEmpty();
  }

  private HttpResponse<String> post(URI to, String authorization, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(to)
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
