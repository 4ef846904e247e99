// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks;

import dev.tocsin.proof.Program;
import dev.tocsin.schemas.topic.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * 20,000 alerts over 2,000 services within a minute, and storms speak for what opens in them: how
 * many pages that is, and whether every alert is accounted for.
 */
final class Storm {

  private static final int ALERTS = 20_000;
  private static final int SERVICES = 2_000;
  private static final int A_MESSAGE = 50;
  private static final Duration LATEST = Duration.ofMinutes(3);

  private final Program program;
  private final PageSink sink;
  private final String authorization;
  private final PrintStream out;

  Storm(Program program, PageSink sink, String authorization, PrintStream out) {
    this.program = program;
    this.sink = sink;
    this.authorization = authorization;
    this.out = out;
  }

  void measure(Sender sender, Instant startsAt) {
    int messages = ALERTS / A_MESSAGE;
    long begun = System.nanoTime();
    sender.pace(
        Duration.ofMinutes(1).dividedBy(messages),
        messages,
        n -> Messages.grafana(n * A_MESSAGE, A_MESSAGE, SERVICES, startsAt));
    JsonNode accounting = await(begun);
    out.printf(
        "%d alerts over %d services within a minute: %d pages; all accounted for after %.1f s: %s%n",
        ALERTS, SERVICES, sink.pages(), (System.nanoTime() - begun) / 1e9, accounting);
    sink.summaries().forEach(summary -> out.println("  page: " + summary));
    for (JsonNode incident : get("/v1/incidents?q=Storm:").get("items")) {
      JsonNode story = get("/v1/incidents/" + incident.get("id").asString());
      JsonNode children = story.get("children");
      out.printf(
          "%s: speaks for %s incidents, %s%n",
          story.get("title").asString(),
          children == null ? 0 : children.get("count"),
          children == null ? "" : children.get("byStatus"));
      story
          .get("timeline")
          .forEach(
              entry -> {
                if (entry.get("kind").asString().startsWith("incident.")) {
                  out.println(
                      "  " + entry.get("at").asString() + " " + entry.get("text").asString());
                }
              });
    }
    out.printf("peak resident %d MiB%n", Memory.peakMiB(program.pid()));
  }

  private JsonNode await(long begun) {
    JsonNode accounting = get("/v1/accounting");
    while (accounting.get("accounted").asLong() < ALERTS
        && System.nanoTime() - begun < LATEST.toNanos()) {
      pause();
      accounting = get("/v1/accounting");
    }
    // A page may still be on its way.
    for (int i = 0; i < 50; i++) {
      pause();
    }
    return get("/v1/accounting");
  }

  private JsonNode get(String path) {
    try {
      return Json.MAPPER.readTree(
          program.get(program.console().resolve(path), "Authorization", authorization).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
