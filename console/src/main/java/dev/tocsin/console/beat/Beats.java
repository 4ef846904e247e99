// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.beat;

import dev.tocsin.console.view.Changes;
import dev.tocsin.console.view.Family;
import dev.tocsin.console.view.Fold;
import dev.tocsin.console.view.Rows;
import dev.tocsin.console.view.Table;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.beat.Beat;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.topic.Topics;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The newest beat that each hop has seen. */
public final class Beats {

  private static final Table NEWEST = new Table(Family.FOR_GOOD, "beat");

  private final Rows rows;

  public Beats(Rows rows) {
    this.rows = rows;
  }

  /** A hop of the way, in order: whoever wrote down that the beat was there. */
  enum Hop {
    /** The alert is in its topic. */
    INGEST,
    /** It was decided on, and passed on. */
    DETECTION,
    /** A notification was planned, and its lane has it. */
    WORKFLOW,
    /** A worker made the delivery, and the lane knows. */
    NOTIFIER;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a hop saw last.
   *
   * @param beat its name, the time it was sent at
   * @param at when that was written down there
   */
  record Seen(Instant beat, Instant at) {}

  public static List<Fold> folds() {
    return List.of(
        Fold.of(
            Topics.BEATS,
            (beat, _, changes) -> saw(Hop.DETECTION, beat.sentAt(), beat.receivedAt(), changes)));
  }

  /** An alert was accepted; most are no beats. */
  public static void accepted(Alert alert, Changes changes) {
    Beat.of(alert).ifPresent(beat -> saw(Hop.INGEST, beat.sentAt(), beat.receivedAt(), changes));
  }

  /** Whether a delivery is a beat's: those are counted here and listed nowhere. */
  public static boolean isOne(Delivery delivery) {
    return delivery.notification().endpoint().equals(Beat.ENDPOINT);
  }

  public static void moved(Delivery delivery, Changes changes) {
    if (delivery.notification().content() instanceof Content.Event event) {
      Instant sentAt = Instant.parse(event.body());
      saw(Hop.WORKFLOW, sentAt, delivery.at(), changes);
      if (delivery.status() == Delivery.Status.DELIVERED) {
        saw(Hop.NOTIFIER, sentAt, delivery.at(), changes);
      }
    }
  }

  private static void saw(Hop hop, Instant beat, Instant at, Changes changes) {
    boolean newer =
        changes.find(NEWEST.key(hop), Seen.class).map(s -> beat.isAfter(s.beat())).orElse(true);
    if (newer) {
      changes.put(NEWEST.key(hop), new Seen(beat, at));
    }
  }

  /** In the order of the way. */
  List<BeatController.OfHop> newest() {
    return Arrays.stream(Hop.values())
        .map(
            hop ->
                rows.find(NEWEST.key(hop), Seen.class)
                    .map(s -> new BeatController.OfHop(hop.label(), s.beat(), s.at()))
                    .orElseGet(() -> new BeatController.OfHop(hop.label(), null, null)))
        .toList();
  }
}
