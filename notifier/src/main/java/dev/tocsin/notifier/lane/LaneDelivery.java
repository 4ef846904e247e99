// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.effect.Effect;
import dev.tocsin.schemas.notification.Notification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as its lane remembers it.
 *
 * @param issued the number of its latest attempt or probe; never starts again, so that an attempt's
 *     id is unique for ever
 * @param failures steps of the retry schedule it has used up
 * @param looks rungs of the probe ladder it has used up
 * @param unknownSince when an attempt ended of which nobody knows, or need know, whether it made
 *     the change; null when certainly none did
 * @param place its place among the lane's pending deliveries
 * @param next the delivery right behind it in its order; null when it is the last
 * @param waiting deliveries of other orders that need this one
 * @param underWay earlier attempts that were hedged and may still be made, oldest first
 * @param second how far a page is on its way over the second channel; null when it needs none
 * @param attempts the last {@value #MOST_ATTEMPTS}, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LaneDelivery(
    Notification notification,
    Stage stage,
    int issued,
    int failures,
    int looks,
    @Nullable Instant unknownSince,
    long place,
    @Nullable String next,
    List<String> waiting,
    List<Stage.InFlight> underWay,
    @Nullable Second second,
    List<AttemptResult> attempts,
    @Nullable String receipt,
    String detail,
    @Nullable String traceparent) {

  static final int MOST_ATTEMPTS = 10;

  /**
   * The second channel.
   *
   * @param due when the page takes it, unless it was taken at the first by then; null when it is
   *     over, and takes it no more
   * @param taken whether it has
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Second(@Nullable Instant due, boolean taken) {}

  LaneDelivery {
    // A state of an earlier build has none.
    underWay = underWay == null ? List.of() : underWay;
  }

  static LaneDelivery planned(
      Notification notification,
      int issued,
      @Nullable Instant unknownSince,
      @Nullable String traceparent) {
    return new LaneDelivery(
        notification,
        new Stage.Queued(),
        issued,
        0,
        0,
        unknownSince,
        -1,
        null,
        List.of(),
        List.of(),
        null,
        List.of(),
        null,
        "",
        traceparent);
  }

  String id() {
    return notification.id();
  }

  boolean isOver() {
    return stage instanceof Stage.Over;
  }

  /** The id of its n-th attempt or probe. */
  String attemptId(int n) {
    return ContentId.of("att", id(), n);
  }

  LaneDelivery at(Stage stage) {
    return copy(stage, issued, failures, looks, unknownSince, receipt, detail);
  }

  LaneDelivery over(Delivery.Status status, @Nullable String receipt, String detail, Instant at) {
    return copy(
        new Stage.Over(status, at),
        issued,
        failures,
        looks,
        status == Delivery.Status.DELIVERED ? at : unknownSince,
        receipt == null ? this.receipt : receipt,
        detail);
  }

  LaneDelivery issued(Stage.InFlight stage) {
    return copy(stage, issued + 1, failures, looks, unknownSince, receipt, detail);
  }

  LaneDelivery failed(Stage stage, String detail) {
    return copy(stage, issued, failures, looks, unknownSince, receipt, detail);
  }

  LaneDelivery counting(int failures, int looks, @Nullable Instant unknownSince) {
    return copy(stage, issued, failures, looks, unknownSince, receipt, detail);
  }

  /** Back to the start of its schedule. Its number of attempts and its receipt stay. */
  LaneDelivery replayed(String by) {
    LaneDelivery again =
        copy(new Stage.Queued(), issued, 0, 0, unknownSince, receipt, "replayed by " + by);
    return tookSecond() ? again : again.secondly(null);
  }

  LaneDelivery inPlace(long place) {
    return linked(place, next, waiting, underWay, second, attempts);
  }

  LaneDelivery before(@Nullable String next) {
    return linked(place, next, waiting, underWay, second, attempts);
  }

  LaneDelivery neededBy(List<String> waiting) {
    return linked(place, next, List.copyOf(waiting), underWay, second, attempts);
  }

  /** Beside the attempt it has now another may be made: this one may end later, or never. */
  LaneDelivery leavingUnderWay(Stage.InFlight attempt) {
    List<Stage.InFlight> all = new ArrayList<>(underWay);
    all.add(attempt);
    return linked(place, next, waiting, List.copyOf(all), second, attempts);
  }

  LaneDelivery noLongerUnderWay(Stage.InFlight attempt) {
    return linked(
        place,
        next,
        waiting,
        underWay.stream().filter(a -> !a.equals(attempt)).toList(),
        second,
        attempts);
  }

  /** The earlier attempt of that id, while it may still be made; null when it may not. */
  Stage.@Nullable InFlight underWay(String attemptId) {
    return underWay.stream().filter(a -> a.attemptId().equals(attemptId)).findFirst().orElse(null);
  }

  LaneDelivery secondly(@Nullable Second second) {
    return linked(place, next, waiting, underWay, second, attempts);
  }

  /** Whether it went over the second channel as well. */
  boolean tookSecond() {
    return second != null && second.taken();
  }

  LaneDelivery with(AttemptResult result) {
    List<AttemptResult> all = new ArrayList<>(attempts);
    all.removeIf(a -> a.attemptId().equals(result.attemptId()));
    all.add(result);
    all.sort(Comparator.comparingInt(AttemptResult::n));
    int from = Math.max(0, all.size() - MOST_ATTEMPTS);
    return linked(
        place, next, waiting, underWay, second, List.copyOf(all.subList(from, all.size())));
  }

  /** Whether it is known already; of a silence, only what its worker said is news. */
  boolean knows(AttemptResult result) {
    return attempts.stream()
        .filter(a -> a.attemptId().equals(result.attemptId()))
        .anyMatch(a -> !isSilence(a) || isSilence(result));
  }

  private static boolean isSilence(AttemptResult result) {
    return result.outcome() instanceof Outcome.Unknown o && o.reason().isSilence();
  }

  Delivery toDelivery(Instant at) {
    return new Delivery(
        id(),
        stage instanceof Stage.Over over ? over.status() : Delivery.Status.PENDING,
        notification,
        attempts,
        issued,
        stage instanceof Stage.Resting resting ? resting.until() : null,
        receipt,
        detail,
        at);
  }

  Effect toEffect(Instant at) {
    Effect.Status status =
        switch (stage) {
          case Stage.Over over ->
              switch (over.status()) {
                case DELIVERED -> Effect.Status.DONE;
                case DEAD -> Effect.Status.DEAD;
                case CANCELLED -> Effect.Status.CANCELLED;
                case PENDING -> throw new IllegalStateException(id() + " is over and pending");
              };
          case Stage.InFlight _ -> Effect.Status.ISSUED;
          case Stage.Queued _, Stage.Needing _, Stage.Ready _, Stage.Resting _ ->
              issued == 0 ? Effect.Status.PLANNED : Effect.Status.ISSUED;
        };
    return new Effect(id(), notification.endpoint(), status, issued, receipt, at);
  }

  private LaneDelivery copy(
      Stage stage,
      int issued,
      int failures,
      int looks,
      @Nullable Instant unknownSince,
      @Nullable String receipt,
      String detail) {
    return new LaneDelivery(
        notification,
        stage,
        issued,
        failures,
        looks,
        unknownSince,
        place,
        next,
        waiting,
        underWay,
        second,
        attempts,
        receipt,
        detail,
        traceparent);
  }

  private LaneDelivery linked(
      long place,
      @Nullable String next,
      List<String> waiting,
      List<Stage.InFlight> underWay,
      @Nullable Second second,
      List<AttemptResult> attempts) {
    return new LaneDelivery(
        notification,
        stage,
        issued,
        failures,
        looks,
        unknownSince,
        place,
        next,
        waiting,
        underWay,
        second,
        attempts,
        receipt,
        detail,
        traceparent);
  }
}
