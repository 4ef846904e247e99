// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The program as its operator runs it: a process with a data directory, that can be killed and
 * started again.
 */
public final class Program implements AutoCloseable {

  private static final Duration READY_WITHIN = Duration.ofSeconds(90);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final List<String> command;
  private final Map<String, String> settings;
  private final Path directory;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(1))
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final int ingestPort = freePort();
  private final int consolePort = freePort();
  private @Nullable Process process;

  /**
   * @param mainClass what to run, on this process's own class path and with its flags
   * @param settings the environment it sees beside the ports and the data directory
   */
  public Program(String mainClass, Path directory, Map<String, String> settings) {
    this.directory = directory;
    this.settings = Map.copyOf(settings);
    this.command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass, "up"));
  }

  public URI ingest() {
    return URI.create("http://127.0.0.1:" + ingestPort);
  }

  public URI console() {
    return URI.create("http://127.0.0.1:" + consolePort);
  }

  public long pid() {
    Process running = process;
    return running == null ? -1 : running.pid();
  }

  /** Starts it, and returns when it is ready. */
  public Duration start() {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    File log = directory.resolve("program.log").toFile();
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("TOCSIN_") || name.startsWith("SPRING_"));
    environment.putAll(settings);
    environment.put("TOCSIN_DATA_DIR", directory.resolve("data").toString());
    environment.put("TOCSIN_INGEST_PORT", Integer.toString(ingestPort));
    environment.put("TOCSIN_CONSOLE_PORT", Integer.toString(consolePort));
    long begun = System.nanoTime();
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitReady(begun, log);
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private void awaitReady(long begun, File log) {
    while (!isHealthy()) {
      Process starting = process;
      if (starting == null || !starting.isAlive()) {
        throw new IllegalStateException("the program ended while it started; see " + log);
      }
      if (System.nanoTime() - begun > READY_WITHIN.toNanos()) {
        throw new IllegalStateException(
            "the program was not ready within " + READY_WITHIN + "; see " + log);
      }
      pause(BETWEEN_LOOKS);
    }
  }

  public boolean isHealthy() {
    try {
      return get(console().resolve("/actuator/health")).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  public HttpResponse<String> get(URI uri, String... headers) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  public HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** As the kernel does when memory runs out: no warning, no clean-up. */
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      join(running);
    }
  }

  @Override
  public void close() {
    Process running = process;
    if (running != null) {
      running.destroy();
      join(running);
    }
  }

  private static void join(Process running) {
    try {
      if (!running.waitFor(30, TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running.destroyForcibly();
    }
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
