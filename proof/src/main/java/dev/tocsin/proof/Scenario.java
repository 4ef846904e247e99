// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import dev.tocsin.proof.failpoint.Failpoint;
import dev.tocsin.proof.failpoint.Failpoints;
import dev.tocsin.proof.process.Installation;
import dev.tocsin.proof.schedule.Dice;
import dev.tocsin.proof.schedule.Fault;
import dev.tocsin.proof.schedule.Fault.Misdeed;
import dev.tocsin.proof.schedule.Schedule;
import dev.tocsin.proof.stub.Outside;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Schedules with a subject, each by its name on the command line. */
enum Scenario {
  /** Kills, freezes and storms by dice. */
  KILLS,
  /** Each role ends once at each named place of its code, with other passes for other seeds. */
  FAILPOINTS,
  /** Kafka is away for the minutes asked for. */
  KAFKA_AWAY,
  /** PagerDuty answers 429, 503 and 500 for the minutes asked for. */
  PAGERDUTY_AWAY,
  /** What each service keeps on disk is gone after its death. */
  STATE_LOST,
  /** The clocks of each role in turn are five minutes ahead, and five behind. */
  CLOCK_STEPS,
  /** Nothing fits on the disk of the broker, of the states, of the spool while Kafka is away. */
  DISK_FULL,
  /** Three brokers: each is killed, two are, each is cut off, and so are services. */
  BROKERS,
  /** Each role is replaced by the newest build while the others run on. */
  UPGRADE;

  private static final int DEFAULT_PACE = 110;
  private static final Duration STORM = Duration.ofSeconds(30);

  /** Between two storms: the end of one must not end the next. */
  private static final long BREATH_MILLIS = 500;

  private static final Duration SPOOLING = Duration.ofSeconds(45);
  private static final long STEP_MILLIS = Duration.ofMinutes(5).toMillis();

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Scenario named(String label) {
    return Arrays.stream(values())
        .filter(scenario -> scenario.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no scenario %s; there are %s"
                        .formatted(label, Arrays.stream(values()).map(Scenario::label).toList())));
  }

  Schedule schedule(Options options) {
    boolean isPaced = this == PAGERDUTY_AWAY;
    return new Schedule(
        options.seed(),
        options.together(),
        options.rate(),
        options.receivers(),
        this == KILLS ? options.minutes() : 600,
        options.pace() == 0 && isPaced ? DEFAULT_PACE : options.pace(),
        this == BROKERS ? Schedule.CLUSTER : 1,
        hasSlack(),
        faults(options));
  }

  /**
   * Slack would prolong half an hour without Kafka by an hour, and the build that an upgrade begins
   * with may not know it.
   */
  private boolean hasSlack() {
    return this != KAFKA_AWAY && this != UPGRADE;
  }

  private List<Fault> faults(Options options) {
    return switch (this) {
      case KILLS ->
          Dice.roll(
              options.seed(),
              options.kills(),
              Installation.roles(options.together()),
              Outside.names(options.receivers()),
              options.brisk());
      case FAILPOINTS -> failpoints(new SplittableRandom(options.seed()));
      case KAFKA_AWAY ->
          List.of(
              new Fault.Outage(
                  1, "broker", 20_000, Duration.ofMinutes(options.minutes()).toMillis()));
      case PAGERDUTY_AWAY -> pagerDutyAway(options.minutes());
      case STATE_LOST -> stateLost();
      case CLOCK_STEPS -> clockSteps();
      case DISK_FULL -> diskFull();
      case BROKERS -> brokers(new SplittableRandom(options.seed()));
      case UPGRADE -> upgrade();
    };
  }

  private static List<Fault> failpoints(SplittableRandom dice) {
    List<Fault> faults = new ArrayList<>();
    List<Failpoint> spooling = new ArrayList<>();
    for (Failpoint failpoint : Failpoints.list()) {
      if (Failpoints.isSpooling(failpoint)) {
        spooling.add(failpoint);
      } else {
        faults.add(halt(faults.size() + 1, failpoint, dice, false));
      }
    }
    faults.add(new Fault.Outage(faults.size() + 1, "broker", 2_000, SPOOLING.toMillis()));
    for (Failpoint failpoint : spooling) {
      // Ingest is not ready while Kafka is away, and takes alerts nevertheless.
      faults.add(halt(faults.size() + 1, failpoint, dice, true));
    }
    return faults;
  }

  private static Fault halt(int id, Failpoint failpoint, SplittableRandom dice, boolean hasty) {
    int pass = hasty ? 1 : dice.nextInt(1, 6);
    return new Fault.Halt(id, failpoint.name(), pass, dice.nextLong(500, 2_000), hasty);
  }

  private static List<Fault> pagerDutyAway(int minutes) {
    List<Misdeed> misdeeds = List.of(Misdeed.TOO_MANY, Misdeed.UNAVAILABLE, Misdeed.DENIES);
    List<Fault> faults = new ArrayList<>();
    long storms = Duration.ofMinutes(minutes).dividedBy(STORM);
    for (int i = 0; i < storms; i++) {
      // A storm goes on while the next fault is waited for.
      faults.add(
          new Fault.Storm(
              i + 1,
              Outside.PAGERDUTY,
              misdeeds.get(i % misdeeds.size()),
              i == 0 ? 20_000 : STORM.toMillis(),
              STORM.toMillis() - BREATH_MILLIS));
    }
    return faults;
  }

  private static List<Fault> diskFull() {
    return List.of(
        // Whoever runs already has its files open: those that start now need room.
        new Fault.Fill(1, "state", 10_000, 30_000),
        new Fault.Kill(2, "workflow", 2_000, null, true),
        new Fault.Kill(3, "detection", 2_000, null, true),
        new Fault.Kill(4, "notifier", 2_000, null, false),
        new Fault.Fill(5, "broker", 20_000, 15_000),
        new Fault.Outage(6, "broker", 60_000, 30_000),
        new Fault.Fill(7, "spool", 5_000, 15_000));
  }

  private static List<Fault> brokers(SplittableRandom dice) {
    List<Fault> faults = new ArrayList<>();
    List<String> brokers = new ArrayList<>(List.of("broker-1", "broker-2", "broker-3"));
    for (String broker : brokers) {
      faults.add(
          new Fault.Kill(faults.size() + 1, broker, dice.nextLong(5_000, 8_000), null, false));
    }
    // Two of three: nothing can be confirmed until one of them is back.
    faults.add(new Fault.Kill(faults.size() + 1, brokers.get(0), 5_000, null, true));
    faults.add(new Fault.Kill(faults.size() + 1, brokers.get(1), 500, null, false));
    for (String broker : brokers) {
      List<String> others = brokers.stream().filter(b -> !b.equals(broker)).toList();
      faults.add(cut(faults, broker, others, dice));
    }
    String one = brokers.get(dice.nextInt(brokers.size()));
    faults.add(cut(faults, one, List.of("notifier", "ingest", "detection", "workflow"), dice));
    for (String service : List.of("ingest", "detection", "workflow")) {
      faults.add(cut(faults, service, List.of(one), dice));
      faults.add(cut(faults, service, brokers, dice));
    }
    return faults;
  }

  private static Fault cut(
      List<Fault> before, String role, List<String> from, SplittableRandom dice) {
    return new Fault.Cut(
        before.size() + 1, role, from, dice.nextLong(4_000, 8_000), dice.nextLong(5_000, 20_000));
  }

  private static List<Fault> upgrade() {
    List<Fault> faults = new ArrayList<>();
    for (String role : Installation.roles(false)) {
      faults.add(new Fault.Upgrade(faults.size() + 1, role, 8_000));
    }
    return faults;
  }

  private static List<Fault> stateLost() {
    List<Fault> faults = new ArrayList<>();
    for (String role : List.of("detection", "workflow", "notifier", "console")) {
      faults.add(new Fault.Wipe(faults.size() + 1, role, 8_000));
      faults.add(new Fault.Wipe(faults.size() + 1, role, 1_000));
    }
    return faults;
  }

  private static List<Fault> clockSteps() {
    List<Fault> faults = new ArrayList<>();
    for (String role : Installation.roles(false)) {
      faults.add(new Fault.Step(faults.size() + 1, role, 5_000, STEP_MILLIS, 15_000));
      faults.add(new Fault.Step(faults.size() + 1, role, 5_000, -STEP_MILLIS, 15_000));
    }
    return faults;
  }
}
