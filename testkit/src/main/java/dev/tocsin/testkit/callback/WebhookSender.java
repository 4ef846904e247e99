// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.callback;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts a vendor's webhooks in order, signed over the bytes of the body. As most vendors do, it
 * repeats what gets no 2xx because of a 5xx or no answer, and gives up on a 4xx.
 */
public final class WebhookSender implements AutoCloseable {

  private static final int MOST_TRIES = 100;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI to;
  private final String secret;
  private final String header;
  private final String prefix;
  private final int mostTries;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService queue =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Integer> statuses = new ArrayList<>();

  /**
   * @param header that carries the signature
   * @param prefix of the signature: {@code v1=}
   */
  public WebhookSender(URI to, String secret, String header, String prefix) {
    this(to, secret, header, prefix, MOST_TRIES);
  }

  /**
   * @param header that carries the signature
   * @param prefix of the signature: {@code v1=}
   * @param mostTries 1 for a vendor that repeats nothing
   */
  public WebhookSender(URI to, String secret, String header, String prefix, int mostTries) {
    this.to = to;
    this.secret = secret;
    this.header = header;
    this.prefix = prefix;
    this.mostTries = mostTries;
  }

  /** Sends it when what came before is through. */
  public void send(Map<String, String> headers, Object body) {
    byte[] bytes = JSON.writeValueAsBytes(body);
    send(headers, "application/json", bytes, bytes);
  }

  /**
   * Sends a form when what came before is through.
   *
   * @param ahead what is signed ahead of the body
   */
  public void sendForm(Map<String, String> headers, String ahead, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + '=' + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    send(
        headers,
        "application/x-www-form-urlencoded",
        (ahead + body).getBytes(StandardCharsets.UTF_8),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private void send(Map<String, String> headers, String type, byte[] signed, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to)
            .timeout(Duration.ofSeconds(5))
            .header("Content-Type", type)
            .header(header, prefix + hmac(signed))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    queue.execute(() -> send(request.build()));
  }

  /** What was answered, attempt by attempt; 0 is no answer. */
  public List<Integer> statuses() {
    synchronized (statuses) {
      return List.copyOf(statuses);
    }
  }

  private void send(HttpRequest request) {
    try {
      for (int i = 0; i < mostTries && isToBeRepeated(request); i++) {
        if (closed.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isToBeRepeated(HttpRequest request) throws InterruptedException {
    int status;
    try {
      status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      status = 0;
    }
    synchronized (statuses) {
      statuses.add(status);
    }
    return status == 0 || status >= 500;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String hmac(byte[] signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    queue.shutdownNow();
    http.shutdownNow();
  }
}
