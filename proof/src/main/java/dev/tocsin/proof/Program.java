// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import dev.tocsin.proof.process.Installation;
import dev.tocsin.proof.process.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The program in one process, as its operator runs it, that can be killed and started again: for
 * tests that are about one death, and for measurements.
 */
public final class Program implements AutoCloseable {

  private final Installation installation;

  /**
   * @param mainClass what to run, on this process's own class path and with its flags
   * @param settings the environment it sees beside the ports and the data directory
   */
  public Program(String mainClass, Path directory, Map<String, String> settings) {
    this.installation = Installation.together(mainClass, directory, settings);
  }

  public URI ingest() {
    return installation.ingest();
  }

  public URI console() {
    return installation.console();
  }

  /** Where its broker is, for whoever writes to a topic past it. */
  public String broker() {
    return installation.broker();
  }

  public long pid() {
    return everything().pid();
  }

  /** Starts it, and returns when it is ready: after how long. */
  public Duration start() {
    long begun = System.nanoTime();
    installation.start();
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  public HttpResponse<String> get(URI uri, String... headers) throws IOException {
    return installation.web().get(uri, headers);
  }

  public HttpResponse<String> send(HttpRequest request) throws IOException {
    return installation.web().send(request);
  }

  /** As the kernel does when memory runs out: no warning, no clean-up. */
  public void kill() {
    everything().kill();
  }

  private Role everything() {
    return installation.role(Installation.EVERYTHING);
  }

  @Override
  public void close() {
    installation.close();
  }
}
