// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import dev.tocsin.proof.failpoint.Failpoint;
import dev.tocsin.proof.failpoint.Failpoints;
import dev.tocsin.proof.history.Entry;
import dev.tocsin.proof.history.History;
import dev.tocsin.proof.process.Installation;
import dev.tocsin.proof.process.Role;
import dev.tocsin.proof.process.Waiting;
import dev.tocsin.proof.schedule.Fault;
import dev.tocsin.proof.stub.Outside;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Brings about the faults of a schedule, one after the other, and notes what each hit. */
final class Striker implements AutoCloseable {

  private static final Duration AIMED_WITHIN = Duration.ofSeconds(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);
  private static final Duration WATCH_EVERY = Duration.ofMillis(500);

  private final Installation installation;
  private final RoleFaults roleFaults;
  private final Outside outside;
  private final History history;
  private final InstantSource clock;
  private final PrintStream out;
  private final List<Thread> underWay = new ArrayList<>();
  private final Thread watch;
  private volatile boolean over;

  Striker(
      Installation installation,
      RoleFaults roleFaults,
      Outside outside,
      History history,
      InstantSource clock,
      PrintStream out) {
    this.installation = installation;
    this.roleFaults = roleFaults;
    this.outside = outside;
    this.history = history;
    this.clock = clock;
    this.out = out;
    this.watch = Thread.ofVirtual().start(this::startAgainWhatEnds);
  }

  /** As an operator's supervisor does; but here it is a finding. */
  private void startAgainWhatEnds() {
    while (!over) {
      for (Role role : installation.roles()) {
        if (role.hasEndedByItself()) {
          fail(role, "ended by itself");
          role.start();
        }
      }
      Waiting.pause(WATCH_EVERY);
    }
  }

  void strike(Fault fault) {
    Waiting.pause(Duration.ofMillis(fault.afterMillis()));
    switch (fault) {
      case Fault.Kill kill -> kill(kill);
      case Fault.Halt halt -> halt(halt);
      case Fault.Outage outage -> outage(outage);
      case Fault.Wipe wipe -> wipe(wipe);
      case Fault.Step step -> step(step);
      case Fault.Fill fill -> meanwhile(() -> fill(fill));
      case Fault.Cut cut -> cut(cut);
      case Fault.Upgrade upgrade -> upgrade(upgrade);
      case Fault.Freeze freeze -> freeze(freeze);
      case Fault.Storm storm -> meanwhile(() -> storm(storm));
    }
  }

  private void kill(Fault.Kill kill) {
    Role role = installation.role(kill.role());
    if (kill.afterPageMillis() != null) {
      long seen = outside.pageCalls();
      boolean called = Waiting.until(() -> outside.pageCalls() > seen, AIMED_WITHIN, BETWEEN_LOOKS);
      Waiting.pause(Duration.ofMillis(called ? kill.afterPageMillis() : 0));
    }
    Instant at = clock.instant();
    boolean landed = role.isAlive();
    role.kill();
    comeBack(new Struck(kill, "kill", role, at, landed), kill.hasty());
  }

  private void halt(Fault.Halt halt) {
    Failpoint failpoint = Failpoints.named(halt.place());
    Role role = installation.role(failpoint.role());
    boolean landed = roleFaults.halt(failpoint, halt.pass());
    Instant at = clock.instant();
    comeBack(new Struck(halt, "halt " + halt.place(), role, at, landed), halt.hasty());
  }

  private void outage(Fault.Outage outage) {
    Role role = installation.role(outage.role());
    Instant at = clock.instant();
    boolean landed = role.isAlive();
    role.kill();
    out.printf("      %s is away for %d s%n", role.name(), outage.forMillis() / 1000);
    meanwhile(
        () -> {
          Waiting.pause(Duration.ofMillis(outage.forMillis()));
          comeBack(new Struck(outage, "outage", role, at, landed), false);
        });
  }

  private void wipe(Fault.Wipe wipe) {
    Role role = installation.role(wipe.role());
    Instant at = clock.instant();
    boolean alive = role.isAlive();
    role.kill();
    boolean landed = roleFaults.wipe(role) && alive;
    comeBack(new Struck(wipe, "wipe", role, at, landed), false);
  }

  private void step(Fault.Step step) {
    Role role = installation.role(step.role());
    Instant at = clock.instant();
    boolean landed = role.isAlive();
    roleFaults.step(role, step.byMillis());
    Waiting.pause(Duration.ofMillis(step.forMillis()));
    roleFaults.step(role, 0);
    String kind = "step %+d s".formatted(step.byMillis() / 1000);
    struck(new Struck(step, kind, role, at, landed));
  }

  private void fill(Fault.Fill fill) {
    Instant at = clock.instant();
    out.printf("      the disk of %s is full%n", fill.disk());
    roleFaults.fill(fill.disk(), Duration.ofMillis(fill.forMillis()));
    awaitAll();
    struck(fill, "full disk", fill.disk(), at, true);
  }

  private void cut(Fault.Cut cut) {
    Instant at = clock.instant();
    boolean landed = installation.role(cut.role()).isAlive();
    installation.cut(cut.role(), cut.from());
    Waiting.pause(Duration.ofMillis(cut.forMillis()));
    installation.mend(cut.role(), cut.from());
    awaitAll();
    struck(cut, "cut off from " + String.join(" ", cut.from()), cut.role(), at, landed);
  }

  private void upgrade(Fault.Upgrade upgrade) {
    Role role = installation.role(upgrade.role());
    Instant at = clock.instant();
    boolean landed = role.isAlive();
    role.stopAndRenew();
    comeBack(new Struck(upgrade, "upgrade", role, at, landed), false);
  }

  private void awaitAll() {
    for (Role role : installation.roles()) {
      if (!role.awaitReady()) {
        fail(role, "did not become ready again");
      }
    }
  }

  /** What was done to a role, and when. */
  private record Struck(Fault fault, String kind, Role role, Instant at, boolean landed) {}

  private void comeBack(Struck struck, boolean hasty) {
    struck.role().start();
    Runnable ready =
        () -> {
          if (!struck.role().awaitReady()) {
            fail(struck.role(), "did not become ready again");
          }
          struck(struck);
        };
    if (hasty) {
      meanwhile(ready);
    } else {
      ready.run();
    }
  }

  private void struck(Struck struck) {
    struck(struck.fault(), struck.kind(), struck.role().name(), struck.at(), struck.landed());
  }

  private void freeze(Fault.Freeze freeze) {
    Role role = installation.role(freeze.role());
    Instant at = clock.instant();
    boolean landed = role.isAlive();
    role.freeze();
    Waiting.pause(Duration.ofMillis(freeze.forMillis()));
    role.thaw();
    struck(freeze, "freeze", freeze.role(), at, landed);
  }

  private void storm(Fault.Storm storm) {
    Instant at = clock.instant();
    outside.storm(storm.stub(), storm.misdeed());
    Waiting.pause(Duration.ofMillis(storm.forMillis()));
    outside.calm(storm.stub());
    struck(storm, "storm " + storm.misdeed(), storm.stub(), at, true);
  }

  private void struck(Fault fault, String kind, String target, Instant at, boolean landed) {
    Instant until = clock.instant();
    history.add(new Entry.Struck(at, until, fault.id(), kind, target, landed));
    out.printf(
        "%4d  %-40s %-12s %5.1f s%s%n",
        fault.id(),
        kind,
        target,
        Duration.between(at, until).toMillis() / 1000.0,
        landed ? "" : "  missed");
  }

  private void fail(Role role, String how) {
    history.add(new Entry.Failed(clock.instant(), role.name(), how));
    out.printf("      %s %s%n", role.name(), how);
  }

  private void meanwhile(Runnable work) {
    underWay.add(Thread.ofVirtual().start(work));
  }

  /** Returns when what goes on while others strike is over too. */
  void awaitOver() {
    underWay.forEach(Striker::join);
  }

  /** Returns when nothing goes wrong any more and everything runs. */
  void heal() {
    awaitOver();
    outside.clear();
    for (Role role : installation.roles()) {
      role.thaw();
      if (!role.awaitReady()) {
        fail(role, "is not ready in the end");
      }
    }
    history.add(new Entry.Healed(clock.instant()));
  }

  @Override
  public void close() {
    over = true;
    join(watch);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
