// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.demo;

import dev.tocsin.schemas.topic.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/** Uses the program over HTTP, as Grafana and a person do. */
final class Visitor {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI ingest;
  private final URI console;
  private final String token;
  private final String login;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  /**
   * @param token what the source grafana is to show
   * @param password the administrator's
   */
  Visitor(URI ingest, URI console, String token, String password) {
    this.ingest = ingest;
    this.console = console;
    this.token = token;
    this.login =
        Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** Posts a message as Grafana does; what the program answered. */
  JsonNode alert(String body) throws InterruptedException {
    return send(
        HttpRequest.newBuilder(ingest.resolve("/v1/alerts/grafana"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  JsonNode get(String path) throws InterruptedException {
    return send(
        HttpRequest.newBuilder(console.resolve(path)).header("Authorization", "Basic " + login));
  }

  JsonNode post(String path, String body) throws InterruptedException {
    return send(
        HttpRequest.newBuilder(console.resolve(path))
            .header("Authorization", "Basic " + login)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private JsonNode send(HttpRequest.Builder request) throws InterruptedException {
    try {
      HttpRequest built = request.timeout(PATIENCE).build();
      HttpResponse<String> answer = http.send(built, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            "%s %s was answered %d: %s"
                .formatted(built.method(), built.uri(), answer.statusCode(), answer.body()));
      }
      return Json.MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
