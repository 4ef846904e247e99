// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.receiver;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests to a fake. */
public final class Visitor {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final FakeReceiver receiver;
  private final Map<String, String> headers;

  public Visitor(FakeReceiver receiver, Map<String, String> headers) {
    this.receiver = receiver;
    this.headers = headers;
  }

  public HttpResponse<String> send(String method, String path, String body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(receiver.uri() + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  public int status(String method, String path, String body) throws IOException {
    return send(method, path, body).statusCode();
  }

  public JsonNode json(String method, String path, String body) throws IOException {
    return JsonMapper.shared().readTree(send(method, path, body).body());
  }
}
