// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.effect.Effect;
import dev.tocsin.schemas.notification.Notification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lanes without Kafka: what {@link LaneProcessor} does on stores and topics, done on maps, for
 * simulations. Whatever is decided here is decided by the code that runs in production.
 */
public final class LanesInMemory {

  /**
   * What a turn has the lanes say.
   *
   * @param ignored how much of it was about nothing they know
   */
  public record Said(
      List<Attempt> attempts,
      List<Delivery> deliveries,
      List<Notification> notifications,
      int ignored) {}

  private final Function<String, LaneProfile> profiles;
  private final TreeSet<LaneTimer> timers =
      new TreeSet<>(Comparator.comparing(LaneTimer::due).thenComparing(LaneTimer::name));
  private final Map<String, Effect> ledger = new HashMap<>();
  private LaneShelves shelves = empty();
  private Instant countedSince = Instant.MIN;

  /**
   * @param profiles by endpoint
   */
  public LanesInMemory(Function<String, LaneProfile> profiles) {
    this.profiles = profiles;
  }

  public Said plan(Notification notification, Instant now) {
    return act(
        notification.endpoint(), now, schedule -> schedule.plan(notification, null, null, null));
  }

  public Said result(AttemptResult result, Instant now) {
    return act(result.endpoint(), now, schedule -> schedule.result(result));
  }

  public Said replay(String endpoint, String deliveryId, String by, Instant now) {
    return act(endpoint, now, schedule -> schedule.replay(deliveryId, by));
  }

  /** What waits for an endpoint is cancelled, and nothing is sent to it any more. */
  public Said end(String endpoint, String why, Instant now) {
    return act(endpoint, now, schedule -> schedule.end(why));
  }

  /** When the next timer is due; null when none is set. */
  public @Nullable Instant nextDue() {
    return timers.isEmpty() ? null : timers.first().due();
  }

  /** Fires the first timer, which has to be due. */
  public Said fire(Instant now) {
    LaneTimer timer = timers.first();
    if (timer.due().isAfter(now)) {
      throw new IllegalArgumentException("no timer is due before " + timer.due());
    }
    timers.remove(timer);
    return act(timer.endpoint(), now, schedule -> schedule.due(timer));
  }

  /** A process takes over what another has left: it counts time from now on. */
  public void takenOver(Instant now) {
    countedSince = now;
  }

  /** All state is lost, as by a reset of the application. The ledger, a topic of its own, stays. */
  public void forget() {
    shelves = empty();
    timers.clear();
  }

  /** How far each effect is. */
  public Map<String, Effect> ledger() {
    return Map.copyOf(ledger);
  }

  private Said act(String endpoint, Instant now, Consumer<Schedule> event) {
    Turn turn = new Turn(endpoint, now, countedSince, shelves);
    event.accept(new Schedule(turn, profiles.apply(endpoint), new Way.Open(), ledger::get));
    turn.serialised().run();
    turn.timers()
        .forEach(
            (timer, set) -> {
              if (set) {
                timers.add(timer);
              } else {
                timers.remove(timer);
              }
            });
    turn.ledger()
        .forEach(
            (id, effect) -> {
              if (effect == null) {
                ledger.remove(id);
              } else {
                ledger.put(id, effect);
              }
            });
    List<Attempt> attempts = new ArrayList<>();
    turn.attempts().forEach(said -> attempts.add(said.value()));
    List<Delivery> deliveries = new ArrayList<>();
    turn.said().values().forEach(said -> deliveries.add(said.value()));
    List<Notification> notifications = new ArrayList<>();
    turn.notifications().forEach(said -> notifications.add(said.value()));
    return new Said(attempts, deliveries, notifications, turn.timesIgnored());
  }

  private static LaneShelves empty() {
    return new LaneShelves(shelf(), shelf(), shelf(), shelf(), shelf());
  }

  private static LaneShelf shelf() {
    Map<String, byte[]> lines = new HashMap<>();
    return new LaneShelf() {
      @Override
      public byte @Nullable [] get(String key) {
        return lines.get(key);
      }

      @Override
      public void put(String key, byte @Nullable [] value) {
        if (value == null) {
          lines.remove(key);
        } else {
          lines.put(key, value);
        }
      }
    };
  }
}
