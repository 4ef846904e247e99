// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topics;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import tools.jackson.databind.JsonNode;

/** Vendors' webhooks between HTTP and a real broker, which the last test takes away. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CallbackApplicationTest {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final String FORM = "application/x-www-form-urlencoded";

  private static final String PRESSED =
      "payload="
          + URLEncoder.encode(
              """
              {"type":"block_actions","user":{"id":"U1","username":"ana maría"},
                "container":{"channel_id":"C1","message_ts":"17.1"},
                "actions":[{"action_id":"acknowledge","value":"inc_1-1"}]}
              """,
              StandardCharsets.UTF_8);

  @TempDir static Path data;
  private static EmbeddedKafkaKraftBroker broker;
  private static ConfigurableApplicationContext context;
  private static int port;

  @BeforeAll
  static void start() {
    broker = new EmbeddedKafkaKraftBroker(1, 1);
    broker.afterPropertiesSet();
    context =
        new SpringApplicationBuilder(IngestApplication.class)
            .properties("spring.config.name=ingest")
            .run(
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + broker.getBrokersAsString(),
                "--tocsin.topics.replicas=1",
                "--tocsin.data-dir=" + data,
                "--tocsin.ingest.callbacks.pagerduty.secret=older,newer",
                "--tocsin.ingest.callbacks.slack.secret=older,newer");
    port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  @AfterAll
  static void stop() {
    context.close();
    broker.destroy();
  }

  @Test
  @Order(1)
  void signedEvent_isInTheTopicWhenTheAnswerComes() {
    HttpResponse<String> answer = post(event("E1", "incident.acknowledged", "Q1"), "newer");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(receipt(answer).path("accepted").asInt()).isEqualTo(1);
    ConsumerRecord<byte[], byte[]> record = records(Topics.CALLBACKS.name()).getFirst();
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("pagerduty/Q1");
    assertThat(callback(record).by()).isEqualTo("Ada");
  }

  @Test
  @Order(2)
  void replays_andWhatComesOutOfOrder_areTakenAsTheyAre() {
    String late = event("E3", "incident.resolved", "Q3");
    String early = event("E2", "incident.acknowledged", "Q3").replace("10:05", "10:04");
    for (String body : List.of(late, early, late)) {
      assertThat(post(body, "older").statusCode()).isEqualTo(202);
    }
    List<Callback> callbacks =
        records(Topics.CALLBACKS.name()).stream()
            .map(CallbackApplicationTest::callback)
            .filter(callback -> callback.object().equals("Q3"))
            .toList();
    assertThat(callbacks).hasSize(3);
    assertThat(callbacks.getFirst().id()).isEqualTo(callbacks.getLast().id());
    assertThat(callbacks.get(1).occurredAt()).isBefore(callbacks.getFirst().occurredAt());
  }

  @Test
  @Order(3)
  void whatIsNotSignedByUs_isRefused_andNothingIsKept() {
    String body = event("E4", "incident.resolved", "Q4");

    assertProblem(post("pagerduty", body, Map.of()), 401, "X-PagerDuty-Signature");
    assertProblem(post(body, "stolen"), 401, "HMAC-SHA256");
    Map<String, String> anothers = Map.of("X-PagerDuty-Signature", "v1=" + hmac("newer", "{}"));
    assertProblem(post("pagerduty", body, anothers), 401, "HMAC-SHA256");
    assertThat(records(Topics.CALLBACKS.name()))
        .noneMatch(record -> callback(record).object().equals("Q4"));

    String rotating = "v1=" + hmac("stolen", body) + ",v1=" + hmac("older", body);
    assertThat(post("pagerduty", body, Map.of("X-PagerDuty-Signature", rotating)).statusCode())
        .isEqualTo(202);
  }

  @Test
  @Order(4)
  void pathsThatAreClosedOrUnknown_sayHowTheyAreOpened() {
    String body = "{}";
    Map<String, String> signed = Map.of("X-Hub-Signature", "sha256=" + hmac("newer", body));
    assertProblem(post("jira", body, signed), 403, "tocsin.ingest.callbacks.jira.secret");
    assertProblem(post("opsgenie", body, signed), 404, "jira, pagerduty, slack");
  }

  @Test
  @Order(5)
  void signedButOfNoUse_isAccepted_andUnreadableIsKeptWhole() {
    assertThat(receipt(post(event("E5", "pagey.ping", "Q5"), "newer")).path("accepted").asInt())
        .isZero();

    HttpResponse<String> answer = post("{\"event\":oops", "newer");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(receipt(answer).path("unreadable").asString()).contains("not JSON");
    assertThat(records(Topics.deadLetters("ingest")))
        .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
        .containsExactly("{\"event\":oops");
  }

  @Test
  @Order(6)
  void tooLarge_isRefusedBeforeItIsRead() {
    assertProblem(post("x".repeat((4 << 20) + 1), "newer"), 413, "4194304 bytes");
  }

  @Test
  @Order(7)
  void pressedButton_comesAsAForm_andIsAnsweredWithNothing() {
    HttpResponse<String> answer = press("/v1/callbacks/slack", PRESSED, "newer", 0);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    Callback pressed = presses().getFirst();
    assertThat(pressed.key()).isEqualTo("slack/C1:17.1");
    assertThat(pressed.by()).isEqualTo("ana maría");
    assertThat(pressed.mark()).isEqualTo("inc_1-1");
  }

  @Test
  @Order(8)
  void formIsReadAsItCame_thoughItsAddressNamesAFieldToo() {
    assertThat(press("/v1/callbacks/slack?payload=%7B%7D", PRESSED, "older", 0).statusCode())
        .isEqualTo(200);
    assertThat(presses()).hasSize(2);
  }

  @Test
  @Order(9)
  void formThatIsOfNoUseOrUnreadable_isAnsweredWithNothingToo() {
    int before = presses().size();
    for (String form : List.of("ssl_check=1", "payload=%7B%22type%22%3A%22shortcut%22%7D")) {
      HttpResponse<String> answer = press("/v1/callbacks/slack", form, "newer", 0);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
    }
    assertThat(press("/v1/callbacks/slack", "payload=oops", "newer", 0).statusCode())
        .isEqualTo(200);
    assertThat(presses()).hasSize(before);
    assertThat(records(Topics.deadLetters("ingest")))
        .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
        .contains("payload=oops")
        .doesNotContain("ssl_check=1");
  }

  @Test
  @Order(10)
  void formThatIsForged_orStale_orForAVendorWithoutForms_isAProblem() {
    assertProblem(press("/v1/callbacks/slack", PRESSED, "stolen", 0), 401, "HMAC-SHA256");
    assertProblem(press("/v1/callbacks/slack", PRESSED, "newer", -301), 401, "replay");
    assertProblem(post("slack", PRESSED, Map.of()), 401, "X-Slack-Signature");
    Map<String, String> form =
        Map.of("Content-Type", FORM, "X-PagerDuty-Signature", "v1=" + hmac("newer", PRESSED));
    assertProblem(post("pagerduty", PRESSED, form), 415, "is a form");
  }

  @Test
  @Order(11)
  void meters_tellWhatCame() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri("/actuator/prometheus")).build();
    assertThat(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body())
        .containsPattern(
            "tocsin_ingest_callbacks_total\\{[^}]*kind=\"unreadable\"[^}]*vendor=\"pagerduty\"[^}]*} 1")
        .containsPattern(
            "tocsin_ingest_callbacks_total\\{[^}]*kind=\"unused\"[^}]*vendor=\"pagerduty\"[^}]*} 1")
        .containsPattern("tocsin_ingest_refused_total\\{[^}]*source=\"pagerduty-webhook\"[^}]*} 3");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void withoutABroker_theVendorIsToldToComeAgain() {
    broker.destroy();
    HttpResponse<String> answer = post(event("E9", "incident.resolved", "Q9"), "newer");
    assertProblem(answer, 503, "Send it again");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  private static String event(String id, String type, String incident) {
    return """
    {"event":{"id":"%s","event_type":"%s","occurred_at":"2026-11-22T10:05:00Z",
      "agent":{"summary":"Ada","type":"user_reference"},"data":{"id":"%s"}}}
    """
        .formatted(id, type, incident);
  }

  private static HttpResponse<String> post(String body, String secret) {
    return post("pagerduty", body, Map.of("X-PagerDuty-Signature", "v1=" + hmac(secret, body)));
  }

  /** As Slack posts, signed so many seconds from now. */
  private static HttpResponse<String> press(String path, String form, String secret, int seconds) {
    String at = String.valueOf(System.currentTimeMillis() / 1000 + seconds);
    return postTo(
        path,
        form,
        Map.of(
            "Content-Type",
            FORM,
            "X-Slack-Request-Timestamp",
            at,
            "X-Slack-Signature",
            "v0=" + hmac(secret, "v0:" + at + ':' + form)));
  }

  private static HttpResponse<String> post(
      String vendor, String body, Map<String, String> headers) {
    return postTo("/v1/callbacks/" + vendor, body, headers);
  }

  private static HttpResponse<String> postTo(
      String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(Json.MAPPER.readTree(answer.body()).path("detail").asString()).contains(detail);
  }

  private static JsonNode receipt(HttpResponse<String> answer) {
    return Json.MAPPER.readTree(answer.body());
  }

  private static String hmac(String secret, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What came from Slack. */
  private static List<Callback> presses() {
    return records(Topics.CALLBACKS.name()).stream()
        .map(CallbackApplicationTest::callback)
        .filter(callback -> callback.vendor().equals("slack"))
        .toList();
  }

  private static Callback callback(ConsumerRecord<byte[], byte[]> record) {
    return Topics.CALLBACKS
        .valueSerde()
        .deserializer()
        .deserialize(Topics.CALLBACKS.name(), record.value());
  }

  /** The topic as it is now: it is read to its end once, and not waited for. */
  private static List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    Map<String, Object> config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.getBrokersAsString(),
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
      return found;
    }
  }
}
