// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Java program in a process of its own, that can be started, frozen and killed again and again.
 * It runs on this process's class path.
 */
public final class JavaProgram implements AutoCloseable {

  private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);

  private List<String> command;
  private final Path directory;
  private final File log;
  private final Map<String, String> settings;
  private @Nullable Process process;

  /**
   * @param flags of the JVM
   * @param arguments the main class and what it is told
   * @param settings all that it sees of the settings there are
   */
  public JavaProgram(
      String name,
      List<String> flags,
      List<String> arguments,
      Path directory,
      Map<String, String> settings) {
    this.directory = directory;
    this.log = directory.resolve(name + ".log").toFile();
    this.settings = Map.copyOf(settings);
    this.command = command(flags, System.getProperty("java.class.path"), arguments);
  }

  private static List<String> command(
      List<String> flags, String classPath, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath));
    command.addAll(arguments);
    return command;
  }

  /** The same program of another build, from the next start on. */
  JavaProgram of(String classPath, List<String> flags, List<String> arguments) {
    command = command(flags, classPath, arguments);
    return this;
  }

  /** The same program, started by another: in a network of its own, for one. */
  JavaProgram startedBy(List<String> starter) {
    List<String> whole = new ArrayList<>(starter);
    whole.addAll(command);
    command = whole;
    return this;
  }

  /** The flags of this JVM. */
  public static List<String> ownFlags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments();
  }

  public void start() {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    Map<String, String> environment = builder.environment();
    environment
        .keySet()
        .removeIf(
            name ->
                name.startsWith("TOCSIN_")
                    || name.startsWith("SPRING_")
                    || name.equals("JAVA_OPTS"));
    environment.putAll(settings);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public File log() {
    return log;
  }

  public long pid() {
    Process running = process;
    return running == null ? -1 : running.pid();
  }

  public boolean isAlive() {
    Process running = process;
    return running != null && running.isAlive();
  }

  /** Waits until it ends by itself: how it ended. */
  int await() {
    Process running = process;
    try {
      return running != null && running.waitFor(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS)
          ? running.exitValue()
          : -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  /** How it ended; -1 when it has not. */
  public int status() {
    Process running = process;
    return running == null || running.isAlive() ? -1 : running.exitValue();
  }

  /** As the kernel does when memory runs out: no warning, no clean-up. */
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      awaitEnd(running);
    }
  }

  public void freeze() {
    signal("-STOP");
  }

  public void thaw() {
    signal("-CONT");
  }

  private void signal(String signal) {
    Process running = process;
    if (running == null || !running.isAlive()) {
      return;
    }
    try {
      new ProcessBuilder("kill", signal, Long.toString(running.pid()))
          .inheritIO()
          .start()
          .waitFor(10, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    Process running = process;
    if (running != null) {
      thaw();
      running.destroy();
      awaitEnd(running);
    }
  }

  private static void awaitEnd(Process running) {
    try {
      if (!running.waitFor(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running.destroyForcibly();
    }
  }
}
