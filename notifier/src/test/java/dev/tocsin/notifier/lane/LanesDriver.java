// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.Samples;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.effect.Effect;
import dev.tocsin.schemas.notification.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lanes without Kafka, at noon until told otherwise: what a test does to them, and what they say.
 */
final class LanesDriver {

  private final LanesInMemory lanes;
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<Notification> notifications = new ArrayList<>();
  private Instant now = Samples.NOON;
  private int ignored;

  /**
   * @param profiles by channel
   */
  LanesDriver(Map<String, LaneProfile> profiles) {
    lanes =
        new LanesInMemory(endpoint -> profiles.get(endpoint.substring(0, endpoint.indexOf('/'))));
  }

  Instant now() {
    return now;
  }

  void plan(Notification... planned) {
    for (Notification n : planned) {
      hear(lanes.plan(n, now));
    }
  }

  void answer(Attempt attempt, Outcome outcome) {
    hear(lanes.result(Samples.result(attempt, outcome, now), now));
  }

  void replay(String endpoint, String delivery) {
    hear(lanes.replay(endpoint, delivery, "ann", now));
  }

  LanesInMemory.Said end(String endpoint, String why) {
    return hear(lanes.end(endpoint, why, now));
  }

  /** Fires the first timer, as if its time had come. What it said. */
  LanesInMemory.Said fire() {
    Instant due = nextDue();
    now = due.isAfter(now) ? due : now;
    return hear(lanes.fire(now));
  }

  /** All that the lanes remember is lost, and the ledger stays. */
  void forget() {
    lanes.forget();
    lanes.takenOver(now);
  }

  /** Whether anything is left to be done but to forget what is over. */
  boolean isWaiting() {
    return nextDue().isBefore(now.plus(Duration.ofDays(28)));
  }

  private Instant nextDue() {
    Instant due = lanes.nextDue();
    return due == null ? Instant.MAX : due;
  }

  void pass(Duration duration) {
    passTo(now.plus(duration));
  }

  void passTo(Instant end) {
    while (!nextDue().isAfter(end)) {
      fire();
    }
    now = end;
  }

  private LanesInMemory.Said hear(LanesInMemory.Said said) {
    attempts.addAll(said.attempts());
    deliveries.addAll(said.deliveries());
    notifications.addAll(said.notifications());
    ignored += said.ignored();
    said.notifications().forEach(this::plan);
    return said;
  }

  /** Attempts since last asked. */
  List<Attempt> attempts() {
    return taken(attempts);
  }

  Attempt attempt() {
    List<Attempt> all = attempts();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  List<Delivery> deliveries() {
    return taken(deliveries);
  }

  /** The last of the deliveries since last asked. */
  Delivery delivery() {
    return deliveries().getLast();
  }

  /** What lanes planned for each other since last asked. */
  List<Notification> notifications() {
    return taken(notifications);
  }

  /** What was about nothing the lanes know, in all. */
  int ignored() {
    return ignored;
  }

  Map<String, Effect> ledger() {
    return lanes.ledger();
  }

  /** How many were cancelled, by the ledger. */
  long cancelled() {
    return lanes.ledger().values().stream()
        .filter(effect -> effect.status() == Effect.Status.CANCELLED)
        .count();
  }

  private static <V> List<V> taken(List<V> all) {
    List<V> taken = List.copyOf(all);
    all.clear();
    return taken;
  }
}
