// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static dev.tocsin.testkit.alert.SampleAlerts.API_DOWN;
import static dev.tocsin.testkit.alert.SampleAlerts.API_SLOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.deadletter.DeadLetterHeaders;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topics;
import dev.tocsin.testkit.alert.SampleMessages;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
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
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import tools.jackson.databind.JsonNode;

/** The whole service between HTTP and a real broker. The last test takes the broker away. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IngestApplicationTest {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @TempDir static Path data;
  private static EmbeddedKafkaKraftBroker broker;
  private static ConfigurableApplicationContext context;
  private static String address;
  private static int port;

  @BeforeAll
  static void startBroker() {
    broker = new EmbeddedKafkaKraftBroker(1, 1);
    broker.afterPropertiesSet();
    address = broker.getBrokersAsString();
    start();
  }

  private static void start() {
    context =
        new SpringApplicationBuilder(IngestApplication.class)
            .properties("spring.config.name=ingest")
            .run(
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=" + address,
                "--tocsin.topics.replicas=1",
                "--tocsin.data-dir=" + data,
                "--tocsin.ingest.limits.within=1s",
                // Not the disk, however slow the machine.
                "--tocsin.ingest.spool.after=5s",
                "--spring.kafka.producer.properties.max.block.ms=5000",
                "--tocsin.ingest.sources.grafana.token=let-me-in",
                "--tocsin.ingest.sources.grafana.hmac-secret=older,newer",
                "--tocsin.ingest.sources.off.type=grafana",
                "--tocsin.ingest.sources.off.token=let-me-in",
                "--tocsin.ingest.sources.off.enabled=false");
    port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  @AfterAll
  static void stop() {
    context.close();
    broker.destroy();
  }

  @Test
  @Order(1)
  void acceptedAlerts_areInTheTopicWhenTheAnswerComes() throws Exception {
    HttpResponse<String> answer =
        post("grafana", SampleMessages.grafana(API_DOWN, API_SLOW), "traceparent", TRACE);

    assertThat(answer.statusCode()).isEqualTo(202);
    JsonNode receipt = Json.MAPPER.readTree(answer.body());
    assertThat(receipt.get("accepted").asInt()).isEqualTo(2);
    assertThat(receipt.has("unreadable")).isFalse();
    String name = receipt.get("receipt").asString();
    List<ConsumerRecord<byte[], byte[]>> records = records(Topics.ALERTS.name(), name);
    assertThat(records).hasSize(2);
    Alert alert = alert(records.getFirst());
    assertThat(alert.receipt()).isEqualTo(name);
    assertThat(new String(records.getFirst().key(), StandardCharsets.UTF_8))
        .isEqualTo(alert.group());
    assertThat(header(records.getFirst().headers(), "traceparent")).isEqualTo(TRACE);
    assertThat(header(records.getFirst().headers(), "ce_id")).isEqualTo(alert.id());
  }

  @Test
  @Order(2)
  void putWithASignature_isAccepted() throws Exception {
    String body = SampleMessages.grafana(API_DOWN);
    HttpRequest request =
        request("grafana")
            .PUT(BodyPublishers.ofString(body))
            .header("X-Grafana-Alerting-Signature", hmac("newer", body))
            .build();

    assertThat(send(request).statusCode()).isEqualTo(202);
  }

  @Test
  @Order(3)
  void unreadableBody_isKeptWholeAndBecomesAnAlert() throws Exception {
    String body = "{\"alerts\": oops" + " ".repeat(2 << 20);

    HttpResponse<String> answer = post("grafana", body);

    assertThat(answer.statusCode()).isEqualTo(202);
    JsonNode receipt = Json.MAPPER.readTree(answer.body());
    assertThat(receipt.get("unreadable").asString()).contains("not JSON");
    String name = receipt.get("receipt").asString();
    ConsumerRecord<byte[], byte[]> letter = records(Topics.deadLetters("ingest"), name).getFirst();
    assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo(body);
    assertThat(header(letter.headers(), DeadLetterHeaders.ORIGIN)).isEqualTo("http");
    assertThat(header(letter.headers(), DeadLetterHeaders.CAUSE)).contains("not JSON");
    assertThat(alert(records(Topics.ALERTS.name(), name).getFirst()).kind())
        .isEqualTo(AlertKind.UNREADABLE);
  }

  @Test
  @Order(4)
  @Tag("bad-input-14-15")
  void refusals_areProblemsInWords() throws Exception {
    String body = SampleMessages.grafana(API_DOWN);
    HttpRequest anonymous = request("grafana").POST(BodyPublishers.ofString(body)).build();

    assertProblem(send(anonymous), 401, "Bearer <token>");
    assertProblem(post("alertmanager", body), 401, "sources.alertmanager.token");
    assertProblem(post("nagios", body), 404, "alertmanager, grafana");
    assertProblem(post("grafana;x=1", body), 404, "plainly");
    assertProblem(post("off", body), 403, "enabled is false");
    assertProblem(post("grafana", ""), 400, "empty");
    assertProblem(post("grafana", "[".repeat(10_000)), 400, "beyond a limit");
    assertProblem(post("grafana", "x".repeat((4 << 20) + 1)), 413, "4194304 bytes");
    assertProblem(post("grafana", body, "Content-Encoding", "br"), 415, "gzip");
    assertProblem(post("grafana", body, "X-Long", "x".repeat(20_000)), 431, "16384");
    assertProblem(post("grafana?token=let-me-in", body), 401, "header Authorization");
    HttpResponse<String> read = send(request("grafana").GET().build());
    assertProblem(read, 405, "GET is not for this path: it takes POST, PUT");
    assertThat(read.headers().firstValue("allow")).hasValue("POST, PUT");
  }

  @Test
  @Order(5)
  @Tag("bad-input-3")
  void fullChunkedBodyOverTheCap_isCutOff() throws Exception {
    HttpRequest endless =
        request("grafana")
            .header("Authorization", "Bearer let-me-in")
            .POST(
                BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(new byte[(4 << 20) + 1000])))
            .build();

    assertProblem(send(endless), 413, "4194304 bytes");
  }

  @Test
  @Order(6)
  @Tag("bad-input-13")
  void twoLengths_areRefusedAndTheConnectionClosed() throws IOException {
    String answer =
        raw(
            "POST /v1/alerts/grafana HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}");

    assertThat(answer).startsWith("HTTP/1.1 400").contains("Connection: close");
  }

  @Test
  @Order(7)
  void metersAndHealth_tellTheTruth() throws Exception {
    String meters = send(get("/actuator/prometheus")).body();

    assertThat(meters)
        .containsPattern("tocsin_alerts_accepted_total\\{[^}]*source=\"grafana\"[^}]*} [1-9]")
        .containsPattern("tocsin_ingest_unreadable_total\\{[^}]*source=\"grafana\"[^}]*} 1")
        .contains("reason=\"unauthenticated\"", "source=\"unknown\"")
        .doesNotContain("nagios");
    assertThat(send(get("/actuator/health")).statusCode()).isEqualTo(200);
  }

  @Test
  @Order(8)
  @Tag("bad-input-2")
  void bodyThatTrickles_isCutOff() throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket
          .getOutputStream()
          .write(
              "POST /v1/alerts/grafana HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer let-me-in\r\nContent-Length: 100000\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));

      String answer = trickle(socket, 100);

      assertThat(answer).startsWith("HTTP/1.1 408").contains("Connection: close", "too-slow");
    }
  }

  /** A byte each tenth of a second, until the server closes the connection. */
  private static String trickle(Socket socket, int bytes) throws IOException {
    socket.setSoTimeout(100);
    StringBuilder answer = new StringBuilder();
    for (int sent = 0; sent < bytes; sent++) {
      try {
        int read = socket.getInputStream().read();
        if (read < 0) {
          return answer.toString();
        }
        answer.append((char) read);
        sent--;
      } catch (SocketTimeoutException e) {
        socket.getOutputStream().write(' ');
      } catch (SocketException e) {
        return answer.toString();
      }
    }
    throw new AssertionError("still open after %d bytes: %s".formatted(bytes, answer));
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void withoutABroker_alertsAreAcceptedOnDisk() throws Exception {
    broker.destroy();

    for (int i = 0; i < 5; i++) {
      assertThat(post("grafana", SampleMessages.grafana(API_DOWN)).statusCode()).isEqualTo(202);
    }

    HttpResponse<String> health = send(get("/actuator/health"));
    assertThat(health.statusCode()).isEqualTo(200);
    JsonNode ingest = Json.MAPPER.readTree(health.body()).get("components").get("ingestHealth");
    assertThat(ingest.get("status").asString()).isEqualTo("DEGRADED");
    assertThat(ingest.get("details").get("messages").asInt()).isEqualTo(5);
    assertThat(send(get("/actuator/prometheus")).body())
        .containsPattern(
            "tocsin_ingest_durable_total\\{[^}]*by=\"spool\"[^}]*source=\"grafana\"[^}]*} [5-9]")
        .containsPattern("tocsin_ingest_spool_messages\\{?[^}]*}? 5");

    context.close();
    start();
    assertThat(post("grafana", SampleMessages.grafana(API_DOWN)).statusCode())
        .as("started again, with no broker")
        .isEqualTo(202);
    assertThat(send(get("/actuator/health")).body()).contains("\"messages\":6");
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(Json.MAPPER.readTree(answer.body()).get("detail").asString()).contains(detail);
  }

  private static HttpResponse<String> post(String source, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        request(source)
            .header("Authorization", "Bearer let-me-in")
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  private static HttpRequest.Builder request(String source) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/alerts/" + source))
        .timeout(Duration.ofSeconds(30));
  }

  private static HttpRequest get(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static String hmac(String secret, String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }

  /** What the topic holds of one message now: it is read to its end once, and not waited for. */
  private static List<ConsumerRecord<byte[], byte[]>> records(String topic, String receipt) {
    Map<String, Object> config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.getBrokersAsString(),
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new org.apache.kafka.common.TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<?, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
      return found.stream()
          .filter(r -> receipt.equals(header(r.headers(), "tocsin_receipt")))
          .toList();
    }
  }

  private static Alert alert(ConsumerRecord<byte[], byte[]> record) {
    return Topics.ALERTS
        .valueSerde()
        .deserializer()
        .deserialize(Topics.ALERTS.name(), record.value());
  }

  private static String header(Headers headers, String name) {
    return StreamSupport.stream(headers.headers(name).spliterator(), false)
        .map(h -> new String(h.value(), StandardCharsets.UTF_8))
        .reduce("", (first, last) -> last);
  }
}
