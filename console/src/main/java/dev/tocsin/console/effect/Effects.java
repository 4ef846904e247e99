// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.effect;

import dev.tocsin.console.view.Changes;
import dev.tocsin.console.view.Counters;
import dev.tocsin.console.view.Family;
import dev.tocsin.console.view.Fold;
import dev.tocsin.console.view.Key;
import dev.tocsin.console.view.Rows;
import dev.tocsin.console.view.Table;
import dev.tocsin.schemas.beat.Beat;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Effects as the view holds them: of each, how far it is.
 *
 * <p>A delivery may be read before its notification, and outlives it: an effect counts as planned
 * when either is seen. So planned is always done plus pending, dead, cancelled and unexplained.
 */
public final class Effects {

  /** The counter of effects, by channel and state. */
  private static final String COUNTED_AS = "effect";

  private static final Table STATES = new Table(Family.DAYS_90, "effect-state");

  /** Never expires: an effect nobody accounted for must not be forgotten. */
  private static final Table UNEXPLAINED = new Table(Family.FOR_GOOD, "effect-unexplained");

  private final Rows rows;

  public Effects(Rows rows) {
    this.rows = rows;
  }

  /** How far an effect is. */
  private enum State {
    /** It was planned, and no lane has said anything of it. */
    UNEXPLAINED,
    PENDING,
    DONE,
    DEAD,
    CANCELLED
  }

  /** An effect that no lane has said anything of. */
  public record Unexplained(String id, String endpoint, String incidentId, Instant plannedAt) {}

  /** {@code planned = done + pending + dead + cancelled + unexplained}. */
  public record OfChannel(
      long planned, long done, long pending, long dead, long cancelled, long unexplained) {}

  public static List<Fold> folds() {
    return List.of(
        Fold.of(Topics.NOTIFICATIONS, (planned, _, changes) -> planned(planned, changes)));
  }

  private static void planned(Notification planned, Changes changes) {
    Key unexplained = UNEXPLAINED.key(planned.id());
    if (isBeat(planned)
        || changes.contains(STATES.key(planned.id()))
        || changes.contains(unexplained)) {
      return;
    }
    changes.put(
        unexplained,
        new Unexplained(
            planned.id(), planned.endpoint(), planned.incidentId(), planned.plannedAt()));
    count(changes, planned, State.UNEXPLAINED, 1);
  }

  /** A lane says how far it is. */
  public static void moved(Delivery delivery, Changes changes) {
    State state =
        switch (delivery.status()) {
          case PENDING -> State.PENDING;
          case DELIVERED -> State.DONE;
          case DEAD -> State.DEAD;
          case CANCELLED -> State.CANCELLED;
        };
    become(delivery.notification(), state, changes);
  }

  /** A lane could not decide on it, and it lies among the dead letters. */
  public static void setAside(Notification planned, Changes changes) {
    if (!isBeat(planned) && !changes.contains(STATES.key(planned.id()))) {
      become(planned, State.DEAD, changes);
    }
  }

  private static void become(Notification planned, State state, Changes changes) {
    Key key = STATES.key(planned.id());
    Key unexplained = UNEXPLAINED.key(planned.id());
    if (changes.contains(unexplained)) {
      changes.delete(unexplained);
      count(changes, planned, State.UNEXPLAINED, -1);
    } else {
      changes.find(key, State.class).ifPresent(before -> count(changes, planned, before, -1));
    }
    changes.put(key, state);
    count(changes, planned, state, 1);
  }

  private static boolean isBeat(Notification planned) {
    return planned.endpoint().equals(Beat.ENDPOINT);
  }

  private static void count(Changes changes, Notification planned, State state, long difference) {
    Counters.add(changes, COUNTED_AS, planned.channel() + '/' + state, difference);
  }

  /** By channel, those that ever had an effect. */
  public static Map<String, OfChannel> byChannel(Counters counters) {
    Map<String, Long> counts = counters.of(COUNTED_AS);
    Map<String, OfChannel> channels = new TreeMap<>();
    for (String label : counts.keySet()) {
      channels.computeIfAbsent(
          label.substring(0, label.lastIndexOf('/')), channel -> ofChannel(counts, channel));
    }
    return channels;
  }

  private static OfChannel ofChannel(Map<String, Long> counts, String channel) {
    long planned = 0;
    List<Long> parts = new ArrayList<>();
    for (State state : State.values()) {
      long count = counts.getOrDefault(channel + '/' + state, 0L);
      planned += count;
      parts.add(count);
    }
    return new OfChannel(
        planned,
        parts.get(State.DONE.ordinal()),
        parts.get(State.PENDING.ordinal()),
        parts.get(State.DEAD.ordinal()),
        parts.get(State.CANCELLED.ordinal()),
        parts.get(State.UNEXPLAINED.ordinal()));
  }

  /** Some of the effects no lane has said anything of. */
  public List<Unexplained> unexplained(int most) {
    return rows.first(UNEXPLAINED.key(), most, Unexplained.class);
  }
}
