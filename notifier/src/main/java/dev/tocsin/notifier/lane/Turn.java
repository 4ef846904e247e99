// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.effect.Effect;
import dev.tocsin.schemas.notification.Notification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one record or timer changes in a lane and has it say, gathered before any of it happens.
 *
 * <p>A delivery that changes several times within a turn is said once, as it is at the end.
 */
final class Turn {

  /** An entry of the pending deliveries. */
  record Place(String delivery, Instant since) {}

  /** Something to say, and the trace it belongs to. */
  record Said<V>(V value, @Nullable String traceparent) {}

  final String endpoint;
  final Instant now;

  /** Since when this process has the lane: nobody has counted the time without a gap for longer. */
  final Instant countedSince;

  final Draft<Lane> lanes;
  final Draft<LaneDelivery> deliveries;
  final Draft<Order> orders;
  final Draft<String> ready;
  final Draft<Place> pending;

  private final Map<LaneTimer, Boolean> timers = new LinkedHashMap<>();
  private final List<Said<Attempt>> attempts = new ArrayList<>();
  private final Map<String, Said<Delivery>> said = new LinkedHashMap<>();
  private final Map<String, @Nullable Effect> ledger = new LinkedHashMap<>();
  private final List<Said<Notification>> notifications = new ArrayList<>();
  private final List<AttemptResult> ended = new ArrayList<>();
  private final List<Delivery> settled = new ArrayList<>();
  private @Nullable Unreachable unreachable;
  private int ignored;

  Turn(String endpoint, Instant now, Instant countedSince, LaneShelves shelves) {
    this.endpoint = endpoint;
    this.now = now;
    this.countedSince = countedSince;
    this.lanes = new Draft<>(shelves.lanes(), Lane.class);
    this.deliveries = new Draft<>(shelves.deliveries(), LaneDelivery.class);
    this.orders = new Draft<>(shelves.orders(), Order.class);
    this.ready = new Draft<>(shelves.ready(), String.class);
    this.pending = new Draft<>(shelves.pending(), Place.class);
  }

  Lane lane() {
    Lane lane = lanes.get(endpoint);
    return lane == null ? Lane.EMPTY : lane;
  }

  void lane(Lane lane) {
    lanes.put(endpoint, lane);
  }

  /** The key of a thing of this lane. */
  String key(Object id) {
    return endpoint + '|' + id;
  }

  @Nullable LaneDelivery delivery(String id) {
    return deliveries.get(key(id));
  }

  void put(LaneDelivery delivery) {
    deliveries.put(key(delivery.id()), delivery);
  }

  LaneTimer timer(LaneTimer.Kind kind, LaneDelivery delivery, Instant due) {
    return new LaneTimer(kind, endpoint, delivery.id(), delivery.issued(), due);
  }

  /** What is set for the latest attempt: its hedge, and only after that its lease. */
  LaneTimer watch(LaneDelivery delivery, Stage.InFlight attempt) {
    return attempt.hedgeAt() == null
        ? timer(LaneTimer.Kind.LEASE, delivery, attempt.leaseUntil())
        : timer(LaneTimer.Kind.HEDGE, delivery, attempt.hedgeAt());
  }

  /** What is set for an attempt that is not the latest, or is not hedged any more. */
  LaneTimer lease(LaneDelivery delivery, int n, Stage.InFlight attempt) {
    return new LaneTimer(LaneTimer.Kind.LEASE, endpoint, delivery.id(), n, attempt.leaseUntil());
  }

  /** The lane looks again by itself then, or earlier. */
  void wakeAt(Instant at) {
    Instant before = lane().wakeAt();
    if (before == null || at.isBefore(before)) {
      if (before != null) {
        cancel(LaneTimer.wake(endpoint, before));
      }
      set(LaneTimer.wake(endpoint, at));
      lane(lane().wakingAt(at));
    }
  }

  void set(LaneTimer timer) {
    timers.put(timer, true);
  }

  void cancel(LaneTimer timer) {
    timers.put(timer, false);
  }

  void say(Attempt attempt, @Nullable String traceparent) {
    attempts.add(new Said<>(attempt, traceparent));
  }

  /** Something for another lane. */
  void say(Notification notification, @Nullable String traceparent) {
    notifications.add(new Said<>(notification, traceparent));
  }

  void say(LaneDelivery delivery) {
    said.put(delivery.id(), new Said<>(delivery.toDelivery(now), delivery.traceparent()));
  }

  void say(Unreachable unreachable) {
    this.unreachable = unreachable;
  }

  void enter(LaneDelivery delivery) {
    ledger.put(delivery.id(), delivery.toEffect(now));
  }

  /** An effect of another lane, which does not know of it yet. */
  void enter(Effect effect) {
    ledger.put(effect.id(), effect);
  }

  /** Takes an effect out of the ledger. */
  void strike(String id) {
    ledger.put(id, null);
  }

  void ended(AttemptResult result) {
    ended.add(result);
  }

  void settled(LaneDelivery delivery) {
    settled.add(delivery.toDelivery(now));
  }

  /** Counts something that was about nothing this lane knows. */
  void ignored() {
    ignored++;
  }

  Runnable serialised() {
    List<Runnable> writes =
        List.of(
            lanes.serialised(),
            deliveries.serialised(),
            orders.serialised(),
            ready.serialised(),
            pending.serialised());
    return () -> writes.forEach(Runnable::run);
  }

  /** Timers to set (true) and to cancel (false). */
  Map<LaneTimer, Boolean> timers() {
    return timers;
  }

  List<Said<Attempt>> attempts() {
    return attempts;
  }

  List<Said<Notification>> notifications() {
    return notifications;
  }

  Map<String, Said<Delivery>> said() {
    return said;
  }

  Map<String, @Nullable Effect> ledger() {
    return ledger;
  }

  /** Said when the endpoint is given up; else null. */
  @Nullable Unreachable unreachable() {
    return unreachable;
  }

  /** Attempts whose outcome was acted on. */
  List<AttemptResult> ended() {
    return ended;
  }

  /** Deliveries that came to an end. */
  List<Delivery> settled() {
    return settled;
  }

  int timesIgnored() {
    return ignored;
  }
}
