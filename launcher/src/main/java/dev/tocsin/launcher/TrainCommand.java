// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Prepares fast starts: unpacks what would be unpacked at each, and starts and stops everything
 * once, asking it a few things in between, so that the JDK's ahead-of-time cache learns what a
 * start and a first request need.
 */
final class TrainCommand {

  private static final String ANY_FREE = "0";
  private static final List<String> ASKED =
      List.of("/actuator/health", "/actuator/prometheus", "/v1/incidents", "/");

  private TrainCommand() {}

  static int run(List<String> words) {
    if (words.size() != 2) {
      throw new StartRefused(
          "train takes a directory for the time it takes, and one for what is unpacked: was "
              + String.join(" ", words));
    }
    RocksLibrary.unpack(Path.of(words.getLast()));
    UpCommand.refuseUnknownKeys();
    try (Everything everything =
            Everything.start(
                Path.of(words.getFirst()),
                "",
                Map.of("tocsin.ingest.port", ANY_FREE, "tocsin.console.port", ANY_FREE));
        HttpClient client = HttpClient.newHttpClient()) {
      for (URI service : List.of(everything.ingest(), everything.console())) {
        for (String path : ASKED) {
          ask(client, service.resolve(path));
        }
      }
      return 0;
    }
  }

  /** What is answered does not matter. */
  private static void ask(HttpClient client, URI what) {
    try {
      client.send(HttpRequest.newBuilder(what).build(), BodyHandlers.discarding());
    } catch (IOException e) {
      throw new UncheckedIOException(what + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
