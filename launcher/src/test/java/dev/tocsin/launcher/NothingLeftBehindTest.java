// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NothingLeftBehindTest {

  private static final Map<String, String> ANY_FREE =
      Map.of("tocsin.ingest.port", "0", "tocsin.console.port", "0");

  private static final String FOREIGN = "of another program";

  @TempDir private Path directory;

  /** In a process of its own, with a temporary directory of its own. */
  @Test
  void killedProgram_leavesNoDirectories() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    Files.writeString(temporary.resolve("nothing.html"), FOREIGN);
    Path here = Files.createDirectory(directory.resolve("here"));
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Serving.class.getName(),
                directory.resolve("data").toString())
            .directory(here.toFile())
            .inheritIO()
            .start();

    boolean ended = process.waitFor(3, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).isTrue();
    assertThat(process.exitValue()).isZero();
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.filter(Files::isDirectory)).isEmpty();
    }
    assertThat(here).isEmptyDirectory();
  }

  /** Everything, and one service alone that serves its health; each has answered once. */
  static final class Serving {

    private Serving() {}

    /** Ends as a process that is killed does: nothing is cleared away. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
      int status = 1;
      try {
        serve(Path.of(arguments[0]));
        status = 0;
      } finally {
        Runtime.getRuntime().halt(status);
      }
    }

    private static void serve(Path data) throws IOException, InterruptedException {
      Everything everything = Everything.start(data, "", ANY_FREE);
      Launcher alone =
          new Launcher(
              Map.of(
                  "spring.kafka.bootstrap-servers", Installation.brokerOf(data).orElseThrow(),
                  "tocsin.data-dir", data.resolve("alone").toString(),
                  "tocsin.topics.partitions", "1",
                  "tocsin.instance", "alone",
                  "tocsin.agent.port", "0"),
              Map.of());
      alone.startAlone(Service.AGENT);
      URI agent = URI.create("http://127.0.0.1:" + alone.port(Service.AGENT));
      try (HttpClient client = HttpClient.newHttpClient()) {
        for (URI service : List.of(everything.ingest(), everything.console(), agent)) {
          for (String path : List.of("/actuator/health", "/", "/nothing.html")) {
            HttpRequest request = HttpRequest.newBuilder(service.resolve(path)).build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .as(service + path)
                .doesNotContain(FOREIGN);
          }
        }
      }
    }
  }
}
