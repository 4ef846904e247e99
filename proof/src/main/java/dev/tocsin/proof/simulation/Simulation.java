// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.simulation;

import dev.tocsin.kafka.clock.SteadyClock;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.lane.LanesInMemory;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.step.Step;
import dev.tocsin.schemas.step.StepResult;
import dev.tocsin.workflow.run.Decider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A quarter of an hour of incidents, and two days for all that follows from them, in virtual time:
 * messages are late, workers die with what they hold, parts are down, vendors fail, clocks are set,
 * the lanes may lose all they remember. Everything comes from the seed, so the same seed is the
 * same run.
 */
public final class Simulation {

  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration OPENINGS = Duration.ofMinutes(15);
  private static final Duration FAULTS = Duration.ofMinutes(50);
  private static final Duration END = Duration.ofDays(2);
  private static final String WEBHOOK = "webhook/one";

  /** A subscription that is deleted on the way. */
  private static final String LEAVING = "webhook/leaving";

  /** No call is under way any more when lanes come back from a reset: a lease is shorter. */
  private static final int RESET_MILLIS = 120_000;

  /** Nor when the notifier comes back with another clock: see {@link #RESET_MILLIS}. */
  private static final int RESTART_MILLIS = 35_000;

  private static final int FARTHEST_STEP_MILLIS = 300_000;

  /**
   * What came of a run.
   *
   * @param events how many things happened
   * @param trace a digest of all of them
   * @param violations what must not have happened
   */
  public record Result(long seed, long events, long trace, List<String> violations) {}

  private final long seed;
  private final Chance chance;
  private final Agenda agenda = new Agenda(START);
  private final Vendors vendors;
  private final Workers workers;
  private final Part lanesPart = new Part(agenda);
  private final LanesInMemory lanes = new LanesInMemory(Profiles::of);
  private final Responder responder;
  private final Map<String, Part.Inbox> inboxes = new HashMap<>();
  private final Pacing pacing = new Pacing();
  private final Map<String, Integer> attempts = new HashMap<>();
  private final Map<String, Delivery.Status> over = new HashMap<>();
  private final Map<String, List<String>> happened = new TreeMap<>();
  private final Map<String, IncidentEvent> lastOf = new TreeMap<>();

  /** All that the lanes ever read but results, for a replay. */
  private final List<Supplier<LanesInMemory.Said>> read = new ArrayList<>();

  /** Whether the lane of the subscription that is deleted knows it. */
  private boolean left;

  /** By how much the machine of lanes and workers has its clock wrong. */
  private Duration wrongBy = Duration.ZERO;

  private SteadyClock clock = clockOfNewProcess();
  private @Nullable Instant lanesWakeAt;
  private long trace = 17;

  private Simulation(long seed, Decider decider, boolean careless) {
    this.seed = seed;
    this.chance = new Chance(seed);
    this.vendors = new Vendors(chance);
    this.workers =
        new Workers(
            agenda, () -> clock.instant(), chance, vendors, Profiles::of, this::report, careless);
    this.responder = new Responder(agenda, chance, decider, this::plan, this::handOut);
  }

  public static Result run(long seed, Decider decider) {
    return new Simulation(seed, decider, false).run();
  }

  /** With workers that make an attempt however late: a mistake that must be found. */
  static Result runCareless(long seed, Decider decider) {
    return new Simulation(seed, decider, true).run();
  }

  private Result run() {
    int incidents = chance.between(3, 25);
    for (int i = 0; i < incidents; i++) {
      Instant begin = START.plus(chance.millis(0, (int) OPENINGS.toMillis()));
      for (IncidentEvent event : Story.of("inc" + i, begin, chance)) {
        agenda.at(event.at(), () -> happen(event));
      }
    }
    crashes();
    agenda.at(START.plus(chance.millis(0, (int) FAULTS.toMillis())), this::delete);
    agenda.at(START.plus(FAULTS), chance::clear);
    agenda.at(START.plus(FAULTS).plusMillis(RESET_MILLIS), this::nothingWaitsForWhoLeft);
    agenda.runUntil(START.plus(END));
    new Ending(vendors, lanes, lastOf, happened).check();
    return new Result(seed, agenda.happened(), trace, List.copyOf(vendors.violations()));
  }

  private void crashes() {
    for (int i = chance.between(0, 6); i > 0; i--) {
      Instant at = START.plus(chance.millis(0, (int) FAULTS.toMillis() - RESET_MILLIS));
      Part part =
          switch (chance.between(0, 2)) {
            case 0 -> lanesPart;
            case 1 -> workers.part();
            default -> responder.part();
          };
      Duration time = chance.millis(500, 40_000);
      agenda.at(at, () -> part.down(time));
    }
    if (chance.of(200)) {
      agenda.at(START.plus(chance.millis(60_000, 1_500_000)), this::reset);
    }
    if (chance.of(300)) {
      Instant away = START.plus(chance.millis(0, (int) FAULTS.toMillis() / 2));
      Instant back = away.plus(chance.millis(30_000, 600_000));
      agenda.at(away, () -> vendors.away(back));
    }
    for (int i = chance.between(0, 6); i > 0; i--) {
      Duration step = chance.millis(-FARTHEST_STEP_MILLIS, FARTHEST_STEP_MILLIS);
      agenda.at(START.plus(chance.millis(0, (int) FAULTS.toMillis())), () -> wrongBy = step);
    }
  }

  /** Lanes and workers come back as another process, with whatever time the machine now has. */
  private void restartNotifier() {
    Duration down = Duration.ofMillis(RESTART_MILLIS);
    lanesPart.down(down);
    workers.part().down(down);
    agenda.in(
        down.minusMillis(1),
        () -> {
          if (chance.of(500)) {
            wrongBy = chance.millis(-FARTHEST_STEP_MILLIS, FARTHEST_STEP_MILLIS);
          }
          clock = clockOfNewProcess();
          lanes.takenOver(clock.instant());
          lanesWakeAt = null;
          wakeLanes();
        });
  }

  private SteadyClock clockOfNewProcess() {
    return new SteadyClock(
        () -> agenda.now().plus(wrongBy), () -> Duration.between(START, agenda.now()).toNanos());
  }

  /** The application is stopped, its state is thrown away, and it reads everything again. */
  private void reset() {
    lanesPart.down(Duration.ofMillis(RESET_MILLIS));
    agenda.in(
        Duration.ofMillis(RESET_MILLIS),
        () -> {
          lanes.forget();
          lanes.takenOver(clock.instant());
          left = false;
          List.copyOf(read).forEach(again -> say(again.get()));
        });
  }

  private void happen(IncidentEvent event) {
    seen("event", event.id());
    lastOf.put(event.incidentId(), event);
    happened
        .computeIfAbsent(WEBHOOK + ' ' + event.incidentId(), o -> new ArrayList<>())
        .add(event.id());
    responder.happen(event);
    plan(toSubscriber(WEBHOOK, event));
    plan(toSubscriber(LEAVING, event));
  }

  private Notification toSubscriber(String endpoint, IncidentEvent event) {
    return new Notification(
        ContentId.of("dlv", endpoint, event.id()),
        endpoint,
        event.incidentId(),
        event.epoch(),
        event.incidentId(),
        null,
        event.at(),
        agenda.now(),
        new Content.Event(event.id(), "dev.tocsin.incident." + event.type(), "{}"));
  }

  private Part.Inbox inbox(String topic) {
    return inboxes.computeIfAbsent(topic, t -> lanesPart.new Inbox());
  }

  private void plan(Notification notification) {
    inbox("notifications/" + notification.endpoint())
        .send(chance.millis(5, 300), () -> read(() -> lanes.plan(notification, clock.instant())));
  }

  /** The fan-out may go on for a while, or for ever: it is for the lane to say no. */
  private void delete() {
    inbox("commands/" + LEAVING)
        .send(
            chance.millis(5, 300),
            () ->
                read(
                    () -> {
                      left = true;
                      return lanes.end(LEAVING, "subscription deleted", clock.instant());
                    }));
  }

  private void nothingWaitsForWhoLeft() {
    lanes
        .ledger()
        .forEach(
            (id, effect) -> {
              if (effect.endpoint().equals(LEAVING) && !effect.isOver()) {
                vendors.violations().add(id + " waits for a subscription that was deleted");
              }
            });
  }

  private void read(Supplier<LanesInMemory.Said> record) {
    read.add(record);
    say(record.get());
  }

  private void report(AttemptResult result) {
    // The worst time for a process to go: it alone has counted how long ago this was.
    if (result.outcome() instanceof Outcome.Unknown && chance.fault(100)) {
      agenda.in(chance.millis(0, 5_000), this::restartNotifier);
    }
    // Now and then a result is so late that the lane has long assumed something.
    Duration delay = chance.fault(20) ? chance.millis(1_000, 200_000) : chance.millis(5, 300);
    Runnable arrive = () -> say(lanes.result(result, clock.instant()));
    agenda.in(delay, () -> lanesPart.whenUp(arrive));
    if (chance.fault(20)) {
      agenda.in(delay.plusMillis(5), () -> lanesPart.whenUp(arrive));
    }
  }

  private void handOut(Step step) {
    if (chance.fault(150)) {
      return;
    }
    agenda.in(
        chance.millis(50, 15_000),
        () ->
            responder.answer(
                new StepResult(
                    step.id(),
                    step.runId(),
                    step.incidentId(),
                    step.kind(),
                    step.attempt(),
                    StepResult.Outcome.FAILED,
                    null,
                    "no model today",
                    agenda.now())));
  }

  private void say(LanesInMemory.Said said) {
    said.attempts().forEach(this::issue);
    said.notifications().forEach(this::plan);
    for (Delivery delivery : said.deliveries()) {
      seen(delivery.status().name(), delivery.id());
      Delivery.Status before = over.get(delivery.id());
      if (before != null && before != delivery.status()) {
        vendors
            .violations()
            .add("%s was %s and is %s".formatted(delivery.id(), before, delivery.status()));
      }
      if (delivery.status() != Delivery.Status.PENDING) {
        over.put(delivery.id(), delivery.status());
      }
      responder.settle(delivery);
    }
    wakeLanes();
  }

  private void issue(Attempt attempt) {
    seen("attempt", attempt.id());
    String delivery = attempt.notification().id();
    Integer before = attempts.put(delivery, attempt.n());
    if (before != null && before >= attempt.n()) {
      vendors
          .violations()
          .add("attempt %d of %s after %d".formatted(attempt.n(), delivery, before));
    }
    String endpoint = attempt.notification().endpoint();
    if (left && endpoint.equals(LEAVING)) {
      vendors.violations().add("attempt %s at what was deleted".formatted(attempt.id()));
    }
    if (pacing.isTooFast(endpoint, attempt.issuedAt(), Profiles.of(endpoint))) {
      vendors.violations().add("too fast for " + endpoint);
    }
    agenda.in(chance.millis(2, 200), () -> workers.take(attempt));
  }

  private void wakeLanes() {
    Instant due = lanes.nextDue();
    if (due != null && (lanesWakeAt == null || due.isBefore(lanesWakeAt))) {
      lanesWakeAt = due;
      // A punctuation comes round ten times a second.
      Duration left = Duration.between(clock.instant(), due).plus(chance.millis(0, 100));
      agenda.in(left, () -> lanesPart.whenUp(this::fire));
    }
  }

  private void fire() {
    lanesWakeAt = null;
    Instant due = lanes.nextDue();
    while (due != null && !due.isAfter(clock.instant())) {
      say(lanes.fire(clock.instant()));
      due = lanes.nextDue();
    }
    wakeLanes();
  }

  private void seen(String what, String id) {
    trace =
        31 * (31 * (31 * trace + agenda.now().toEpochMilli()) + what.hashCode()) + id.hashCode();
  }

  /** Attempts of a minute, against what a lane promises its endpoint. */
  private static final class Pacing {

    private final Map<String, List<Instant>> issued = new HashMap<>();

    boolean isTooFast(String endpoint, Instant at, LaneProfile profile) {
      List<Instant> minute = issued.computeIfAbsent(endpoint, e -> new ArrayList<>());
      minute.removeIf(before -> before.isBefore(at.minusSeconds(60)));
      minute.add(at);
      return profile.perMinute() > 0 && minute.size() > profile.perMinute() * 13 / 12;
    }
  }
}
