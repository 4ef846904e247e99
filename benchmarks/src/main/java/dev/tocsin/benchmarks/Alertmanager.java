// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Debian's Prometheus Alertmanager, set up to do the same job: every alert a group of its own,
 * paged at once over PagerDuty's Events API.
 */
final class Alertmanager implements AutoCloseable {

  private static final String PROGRAM = "/usr/bin/prometheus-alertmanager";
  private static final Duration UP_WITHIN = Duration.ofSeconds(20);

  private final Process process;
  private final int port;

  private Alertmanager(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Alertmanager start(Path directory, PageSink sink) {
    if (!Files.isExecutable(Path.of(PROGRAM))) {
      throw new IllegalStateException(
          PROGRAM + " is not installed: apt-get install prometheus-alertmanager");
    }
    try {
      Path config =
          Files.writeString(
              directory.resolve("alertmanager.yml"),
              """
              route: {receiver: page, group_by: [alertname, service], group_wait: 0s, group_interval: 5m, repeat_interval: 4h}
              receivers:
                - name: page
                  pagerduty_configs: [{routing_key: R0UT1NGKEY0000000000000000000001, url: "%s/v2/enqueue"}]
              """
                  .formatted(sink.uri()));
      int port = freePort();
      Process process =
          new ProcessBuilder(
                  PROGRAM,
                  "--config.file=" + config,
                  "--storage.path=" + directory.resolve("data"),
                  "--web.listen-address=127.0.0.1:" + port,
                  "--cluster.listen-address=")
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("alertmanager.log").toFile())
              .start();
      Alertmanager started = new Alertmanager(process, port);
      started.awaitUp();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI alerts() {
    return URI.create("http://127.0.0.1:" + port + "/api/v2/alerts");
  }

  long pid() {
    return process.pid();
  }

  private void awaitUp() {
    long end = System.nanoTime() + UP_WITHIN.toNanos();
    while (!answers()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IllegalStateException("Alertmanager did not start");
      }
      pause();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
