// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.sentinel;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/** The watched program's health, asked over HTTP. Healthy is 200; a redirect is not. */
final class Health implements Watched {

  private final HttpClient http;
  private final HttpRequest request;

  Health(HttpClient http, URI address, Duration timeout) {
    this.http = http;
    this.request = HttpRequest.newBuilder(address).timeout(timeout).GET().build();
  }

  @Override
  public Observation look(Instant now) throws InterruptedException {
    try {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status == 200
          ? new Observation.Healthy()
          : new Observation.Unhealthy("its health answers " + status);
    } catch (IOException e) {
      return new Observation.Unhealthy("no answer (" + e.getClass().getSimpleName() + ")");
    }
  }
}
