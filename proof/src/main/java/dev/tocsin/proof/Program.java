// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import dev.tocsin.proof.process.Installation;
import dev.tocsin.proof.process.Role;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * The program in one process, as its operator runs it, that can be killed and started again: for
 * tests that are about one death.
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

  /** Starts it, and returns when it is ready. */
  public void start() {
    installation.start();
  }

  /** As the kernel does when memory runs out: no warning, no clean-up. */
  public void kill() {
    installation.roles().forEach(Role::kill);
  }

  @Override
  public void close() {
    installation.close();
  }
}
