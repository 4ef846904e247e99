// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.telemetry;

import dev.tocsin.agent.guard.Masker;
import dev.tocsin.schemas.topic.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One server that is only ever read: GET, below one address, redirects not followed, answers
 * bounded.
 *
 * <p>There is no method for anything that writes, so nothing a model says can become a write.
 */
final class ReadOnly {

  private static final int LONGEST_ANSWER = 2 << 20;
  private static final int LONGEST_COMPLAINT = 300;

  private final String name;
  private final URI base;
  private final @Nullable String token;
  private final Duration timeout;
  private final Masker masker;
  private final HttpClient client;

  ReadOnly(String name, URI base, @Nullable String token, Duration timeout, Masker masker) {
    this.name = name;
    this.base = URI.create(base.toString().replaceFirst("/+$", ""));
    this.token = token;
    this.timeout = timeout;
    this.masker = masker;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  JsonNode get(String path, Map<String, String> parameters)
      throws TelemetryException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path + '?' + form(parameters)))
            .timeout(timeout)
            .header("Accept", "application/json");
    if (token != null && !token.isBlank()) {
      request.header("Authorization", "Bearer " + token);
    }
    CompletableFuture<byte[]> answer =
        client
            .sendAsync(request.GET().build(), HttpResponse.BodyHandlers.ofInputStream())
            .thenApplyAsync(this::read, Thread::startVirtualThread);
    try {
      return Json.MAPPER.readTree(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new TelemetryException(name + " did not answer within " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw complaint(reason(e));
    } catch (JacksonException e) {
      throw new TelemetryException(name + " answered with something that is no JSON");
    }
  }

  /** What it says is told to people and models, and may be a stranger's text. */
  TelemetryException complaint(String words) {
    return new TelemetryException(name + ": " + masker.shown(words, LONGEST_COMPLAINT));
  }

  static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(p -> p.getKey() + '=' + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  URI base() {
    return base;
  }

  private byte[] read(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(LONGEST_ANSWER + 1);
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            "HTTP " + response.statusCode() + ' ' + new String(bytes, StandardCharsets.UTF_8));
      }
      if (bytes.length > LONGEST_ANSWER) {
        throw new IllegalStateException("an answer of more than " + LONGEST_ANSWER + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
