// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static dev.tocsin.ingest.push.Pushes.push;
import static dev.tocsin.ingest.push.Pushes.sample;
import static dev.tocsin.ingest.push.Pushes.series;
import static dev.tocsin.ingest.push.Pushes.series2;
import static dev.tocsin.ingest.push.Pushes.symbols;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.ingest.push.Pushes;
import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.sample.SeriesKind;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
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

/** Remote write between HTTP and a real broker, which the last test takes away. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SampleApplicationTest {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String V1 = "application/x-protobuf";
  private static final String V2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";
  private static final List<String> ERRORS = List.of("__name__", "errors_total", "job", "shop");

  @TempDir static Path data;
  private static EmbeddedKafkaKraftBroker broker;
  private static ConfigurableApplicationContext context;
  private static int port;
  private static final long NOW = System.currentTimeMillis() / 60_000 * 60_000;

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
                "--spring.kafka.producer.properties.max.block.ms=5000",
                "--tocsin.topics.replicas=1",
                "--tocsin.data-dir=" + data,
                "--tocsin.ingest.sources.grafana.token=other",
                "--tocsin.ingest.sources.prometheus.token=let-me-in",
                "--tocsin.ingest.sources.prometheus.username=prom",
                "--tocsin.ingest.sources.prometheus.password=pw",
                "--tocsin.ingest.sources.closed.type=prometheus",
                "--tocsin.ingest.push.series[0].name=Errors",
                "--tocsin.ingest.push.series[0].selector=errors_total{job=~\"sh.*\"}",
                "--tocsin.ingest.push.series[0].kind=counter",
                "--tocsin.ingest.push.series[0].labels-from.service=job");
    port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  @AfterAll
  static void stop() {
    context.close();
    broker.destroy();
  }

  @Test
  @Order(1)
  void watchedSample_isInTheTopicWhenTheAnswerComes() throws Exception {
    HttpResponse<String> answer =
        send(
            "prometheus",
            V1,
            push(
                series(ERRORS, sample(1, NOW), sample(2, NOW + 1_000), sample(Pushes.STALE, NOW)),
                series(List.of("__name__", "memory", "job", "shop"), sample(1, NOW))));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Json.MAPPER.readTree(answer.body()).path("samples"))
        .isEqualTo(
            Json.MAPPER.readTree("{\"written\":1,\"unwatched\":1,\"thinned\":1,\"stale\":1}"));
    Sample taken = samples().getLast();
    assertThat(taken.series())
        .isEqualTo("push/prometheus/errors_total{job=\"shop\",service=\"shop\"}");
    assertThat(taken.name()).isEqualTo("Errors");
    assertThat(taken.kind()).isEqualTo(SeriesKind.COUNTER);
    assertThat(taken.at().toEpochMilli()).isEqualTo(NOW);
    assertThat(counter("written") + counter("unwatched") + counter("thinned") + counter("stale"))
        .isEqualTo(4);
  }

  @Test
  @Order(2)
  void versionTwo_isAnsweredWithWhatWasWritten() throws Exception {
    int before = samples().size();

    HttpResponse<String> answer =
        send(
            "prometheus",
            V2,
            push(
                symbols("", "__name__", "errors_total", "job", "shop2"),
                series2(List.of(1, 2, 3, 4), sample(5, NOW), Pushes.bytes(3, new byte[0]))));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-Prometheus-Remote-Write-Samples-Written"))
        .contains("1");
    assertThat(answer.headers().firstValue("X-Prometheus-Remote-Write-Histograms-Written"))
        .contains("0");
    assertThat(answer.headers().firstValue("X-Prometheus-Remote-Write-Exemplars-Written"))
        .contains("0");
    assertThat(samples()).hasSize(before + 1);
  }

  @Test
  @Order(3)
  void batchOfWhichAPartIsWrong_isWrittenButForThat_andTheSenderToldNotToSendItAgain()
      throws Exception {
    int before = samples().size();

    HttpResponse<String> answer =
        send(
            "prometheus",
            V1,
            push(
                series(List.of("__name__", "errors_total", "", "x"), sample(1, NOW)),
                series(List.of("__name__", "errors_total", "job", "shop3"), sample(1, NOW)),
                series(
                    List.of("__name__", "errors_total", "job", "shop4"),
                    sample(1, -62_135_596_800_000L))));

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode problem = Json.MAPPER.readTree(answer.body());
    assertThat(problem.path("detail").asString())
        .startsWith("2 samples are not taken, the others are")
        .contains("a label has no name")
        .contains("shop4");
    assertThat(problem.path("samples").path("written").asInt()).isEqualTo(1);
    assertThat(answer.headers().firstValue("X-Prometheus-Remote-Write-Samples-Written"))
        .contains("1");
    assertThat(samples()).hasSize(before + 1);
  }

  @Test
  @Order(4)
  void whoMayNotPush_andWhatCannotBeRead_isRefused() throws Exception {
    byte[] good = push(series(ERRORS, sample(1, NOW + 90_000)));
    int before = samples().size();

    assertThat(send(request("prometheus", V1, "snappy"), good).statusCode()).isEqualTo(401);
    assertThat(
            send(request("prometheus", V1, "snappy").header("Authorization", "Bearer no"), good)
                .statusCode())
        .isEqualTo(401);
    assertThat(send("closed", V1, good).statusCode()).as("no credentials are set").isEqualTo(401);
    assertThat(send("grafana", V1, good).statusCode()).as("it sends alerts").isEqualTo(404);
    assertThat(send("nobody", V1, good).statusCode()).isEqualTo(404);
    assertThat(send("prometheus", "text/plain", good).statusCode()).isEqualTo(415);
    assertThat(send("prometheus", V1 + ";proto=x.Y", good).statusCode()).isEqualTo(415);
    assertThat(send(authorized("prometheus", V1, "gzip"), good).statusCode()).isEqualTo(415);
    assertThat(send("prometheus", V1, new byte[] {1, 2, 3}).statusCode()).isEqualTo(400);
    assertThat(send("prometheus", V1, new byte[2 << 20]).statusCode()).isEqualTo(413);
    assertThat(alertsTo("prometheus").statusCode()).as("it sends samples").isEqualTo(404);
    assertThat(samples()).hasSize(before);
  }

  @Test
  @Order(5)
  void basicAuthentication_letsAPrometheusIn() throws Exception {
    String basic = Base64.getEncoder().encodeToString("prom:pw".getBytes(StandardCharsets.UTF_8));

    assertThat(
            send(
                    request("prometheus", V1, "snappy").header("Authorization", "Basic " + basic),
                    push(series(ERRORS, sample(9, NOW + 60_000))))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  @Order(6)
  void whatKafkaDoesNotConfirm_isForTheSenderToSendAgain() throws Exception {
    broker.destroy();

    HttpResponse<String> answer =
        send("prometheus", V1, push(series(ERRORS, sample(9, NOW + 120_000))));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  private static double counter(String outcome) {
    return context
        .getBean(MeterRegistry.class)
        .get("tocsin.ingest.samples")
        .tag("source", "prometheus")
        .tag("outcome", outcome)
        .counter()
        .count();
  }

  private static HttpRequest.Builder request(String source, String type, String encoding) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/samples/" + source))
        .timeout(Duration.ofSeconds(30))
        .header("Content-Type", type)
        .header("Content-Encoding", encoding)
        .header("X-Prometheus-Remote-Write-Version", "0.1.0");
  }

  private static HttpRequest.Builder authorized(String source, String type, String encoding) {
    return request(source, type, encoding).header("Authorization", "Bearer let-me-in");
  }

  private static HttpResponse<String> send(String source, String type, byte[] body)
      throws Exception {
    return send(authorized(source, type, "snappy"), body);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request, byte[] body)
      throws Exception {
    return HTTP.send(
        request.POST(BodyPublishers.ofByteArray(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> alertsTo(String source) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/alerts/" + source))
            .header("Authorization", "Bearer let-me-in")
            .POST(BodyPublishers.ofString("{}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static List<Sample> samples() {
    Map<String, Object> config =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.getBrokersAsString());
    try (KafkaConsumer<String, Sample> consumer =
        new KafkaConsumer<>(
            config, new StringDeserializer(), Topics.SAMPLES.valueSerde().deserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.SAMPLES.name()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<Sample> all = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> all.add(record.value()));
      }
      return all;
    }
  }
}
