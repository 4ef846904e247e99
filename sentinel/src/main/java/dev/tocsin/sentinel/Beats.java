// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.sentinel;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends an alert at every look, and is content when one came all the way since the look before: in
 * at the front door, through every topology, to a delivery. It is a test notification as Grafana
 * sends them, so that nobody is paged for it.
 */
final class Beats implements Watched {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String GRAFANAS_NO_TIME = "0001-01-01T00:00:00Z";

  private final HttpClient http;
  private final SentinelSettings.Way way;
  private final Duration timeout;

  /** The newest beat that came all the way; those of an earlier watch do not count. */
  private Instant arrived;

  /** What the console said last, in words: it may be what dies first. */
  private String before = "no hop was ever seen alive";

  Beats(HttpClient http, SentinelSettings.Way way, Duration timeout, Instant start) {
    this.http = http;
    this.way = way;
    this.timeout = timeout;
    this.arrived = start.minusMillis(1);
  }

  @Override
  public Observation look(Instant now) throws InterruptedException {
    String sent = send(now);
    HttpResponse<byte[]> answer;
    try {
      answer =
          http.send(
              HttpRequest.newBuilder(way.hops()).timeout(timeout).GET().build(),
              HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      return new Observation.Unhealthy(
          "the console does not say how far beats come (%s); %s; before that, %s"
              .formatted(e.getClass().getSimpleName(), sent, before));
    }
    Hops hops = answer.statusCode() == 200 ? Hops.read(answer.body()) : null;
    if (hops == null) {
      return new Observation.Unhealthy(
          "the console does not say how far beats come (it answers %d); %s; before that, %s"
              .formatted(answer.statusCode(), sent, before));
    }
    before = hops.whereTheyStop(arrived);
    if (!hops.arrived().isAfter(arrived)) {
      return new Observation.Unhealthy("beats do not come through: %s; %s".formatted(before, sent));
    }
    arrived = hops.arrived();
    return new Observation.Healthy();
  }

  /** What ingest said to it, in words. */
  private String send(Instant now) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(way.ingest())
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + way.token())
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(beat(now))))
            .build();
    try {
      return "ingest answers "
          + http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return "ingest does not answer (" + e.getClass().getSimpleName() + ")";
    }
  }

  private static Map<String, Object> beat(Instant now) {
    Map<String, Object> labels =
        Map.of("alertname", "TestAlert", "instance", "Grafana", "tocsin_beat", now.toString());
    return Map.of(
        "receiver",
        "sentinel",
        "status",
        "firing",
        "orgId",
        1,
        "version",
        "1",
        "groupKey",
        "sentinel",
        "groupLabels",
        Map.of(),
        "alerts",
        List.of(
            Map.of(
                "status",
                "firing",
                "labels",
                labels,
                "annotations",
                Map.of("summary", "The sentinel's beat"),
                "startsAt",
                now.toString(),
                "endsAt",
                GRAFANAS_NO_TIME)));
  }
}
