// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.context.EmbeddedKafka;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** One running console for all tests that need one: real broker, real port. */
@SpringBootTest(
    classes = ConsoleApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.config.name=console",
      "spring.kafka.bootstrap-servers=${spring.embedded.kafka.brokers}",
      "tocsin.topics.partitions=2",
      "tocsin.console.admin-password=" + ConsoleContext.PASSWORD,
      "tocsin.console.api-tokens=" + ConsoleContext.TOKEN + ",0123456789abcdef-second",
      "tocsin.signing-key=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
    })
@EmbeddedKafka(partitions = 1)
public abstract class ConsoleContext {

  static final String PASSWORD = "correct horse";
  static final String TOKEN = "0123456789abcdef-first";
  static final String BASIC = "Basic " + base64("admin:" + PASSWORD);
  static final String BEARER = "Bearer " + TOKEN;

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

  @LocalServerPort int port;
  @Autowired EmbeddedKafkaBroker broker;
  @Autowired dev.tocsin.console.view.Position position;

  private final HttpClient http = HttpClient.newHttpClient();
  private Producer<byte[], byte[]> producer;

  @DynamicPropertySource
  static void dataDirectory(DynamicPropertyRegistry properties) {
    properties.add(
        "tocsin.data-dir",
        () -> {
          try {
            return java.nio.file.Files.createTempDirectory("tocsin-console").toString();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  @BeforeEach
  void connect() {
    Properties config = new Properties();
    config.put("bootstrap.servers", broker.getBrokersAsString());
    producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    // Until then it answers that it is still reading.
    for (int i = 0; i < 200 && !position.isCurrent(); i++) {
      position.awaitRead("no topic", 0, 0, 100);
    }
  }

  /** Before the view has read what there was, the API answers 503. */
  @BeforeEach
  void waitForTheView() {
    long end = System.nanoTime() + LONG_ENOUGH.toNanos();
    while (!position.isCurrent() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @AfterEach
  void disconnect() {
    producer.close();
  }

  /** Returns when the view holds it. */
  <V> void happened(Topic<V> topic, String key, V value) throws Exception {
    happened(
        new ProducerRecord<>(
            topic.name(),
            key.getBytes(StandardCharsets.UTF_8),
            topic.valueSerde().serializer().serialize(topic.name(), value)));
  }

  /** Returns when the view holds all of them; what is null is taken back. */
  <V> void happened(Topic<V> topic, Map<String, V> values) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    values.forEach(
        (key, value) ->
            sent.add(
                producer.send(
                    new ProducerRecord<>(
                        topic.name(),
                        key.getBytes(StandardCharsets.UTF_8),
                        topic.valueSerde().serializer().serialize(topic.name(), value)))));
    for (Future<RecordMetadata> one : sent) {
      awaitRead(one.get(20, TimeUnit.SECONDS));
    }
  }

  RecordMetadata happened(ProducerRecord<byte[], byte[]> record) throws Exception {
    RecordMetadata written = producer.send(record).get(20, TimeUnit.SECONDS);
    awaitRead(written);
    return written;
  }

  private void awaitRead(RecordMetadata written) {
    boolean read =
        position.awaitRead(
            written.topic(), written.partition(), written.offset(), LONG_ENOUGH.toMillis());
    if (!read) {
      throw new AssertionError("the view did not read " + written);
    }
  }

  HttpResponse<String> send(String method, String path, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .timeout(LONG_ENOUGH)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, null, Map.of("Authorization", BASIC));
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send("POST", path, body, Map.of("Authorization", BASIC));
  }

  static JsonNode json(HttpResponse<String> response) {
    return Json.MAPPER.readTree(response.body());
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
