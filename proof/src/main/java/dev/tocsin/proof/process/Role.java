// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.process;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A process of the program and its part in it. */
public final class Role implements AutoCloseable {

  /** Longer than a broker takes to look through its logs on a busy machine. */
  private static final Duration READY_WITHIN = Duration.ofSeconds(150);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final String name;
  private final JavaProgram program;
  private final Runnable renewal;
  private final URI at;
  private final Web web;

  /** Whether it is dead on purpose. */
  private final AtomicBoolean down = new AtomicBoolean(true);

  /** Whether it has a reason to end by itself. */
  private final AtomicBoolean excused = new AtomicBoolean();

  /**
   * @param renewal what makes the program that of the newest build
   * @param at where it says how it is; a broker's address has no path, and has to be listening
   */
  Role(String name, JavaProgram program, Runnable renewal, URI at, Web web) {
    this.name = name;
    this.program = program;
    this.renewal = renewal;
    this.at = at;
    this.web = web;
  }

  public String name() {
    return name;
  }

  public long pid() {
    return program.pid();
  }

  public boolean isAlive() {
    return program.isAlive();
  }

  public boolean hasEndedByItself() {
    return !down.get() && !excused.get() && !program.isAlive();
  }

  public synchronized void start() {
    program.start();
    down.set(false);
  }

  public synchronized void kill() {
    down.set(true);
    program.kill();
  }

  /** From now on it may end: somebody waits for that, and starts it again. */
  public synchronized void expectEnd() {
    down.set(true);
  }

  /** From now on it may end by itself, again and again. */
  public void excuse() {
    excused.set(true);
  }

  /** From now on its end is a finding again; it is started if it has ended. */
  public synchronized void resume() {
    if (!program.isAlive()) {
      program.start();
    }
    down.set(false);
    excused.set(false);
  }

  /** How it ended; -1 when it has not. */
  public int status() {
    return program.status();
  }

  /** Stops it as its operator does, and makes it the newest build. */
  public synchronized void stopAndRenew() {
    down.set(true);
    program.close();
    renewal.run();
  }

  public void freeze() {
    program.freeze();
  }

  public void thaw() {
    program.thaw();
  }

  /** Whether it became ready in time. */
  public boolean awaitReady() {
    return Waiting.until(this::isReady, READY_WITHIN, BETWEEN_LOOKS);
  }

  public boolean isReady() {
    return at.getPath().isEmpty() ? isListening() : web.isWell(at);
  }

  private boolean isListening() {
    try (Socket socket = new Socket(at.getHost(), at.getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public synchronized void close() {
    down.set(true);
    program.close();
  }
}
