// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import static dev.tocsin.notifier.Samples.NOON;
import static dev.tocsin.notifier.Samples.PAGERDUTY;
import static dev.tocsin.notifier.Samples.REPEATING;
import static dev.tocsin.notifier.Samples.page;
import static dev.tocsin.notifier.Samples.resolve;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.Samples;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.channel.LaneProfile.AfterUnknown;
import dev.tocsin.notifier.channel.LaneProfile.Patience;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.effect.Effect;
import dev.tocsin.schemas.notification.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A lane without Kafka: what a turn costs, and that nothing is left behind. */
class ScheduleTest {

  private static final int MANY = 20_000;
  private static final LaneProfile PROFILE =
      new LaneProfile(
          16,
          0,
          REPEATING.lease(),
          REPEATING.schedule(),
          AfterUnknown.REPEAT,
          new Patience(Duration.ofDays(5), 10));

  private static final Outcome DELIVERED = new Outcome.Delivered("R");
  private static final Outcome CUT_OFF = new Outcome.Unknown(Reason.WORKER_ENDED, "");

  private static final Outcome LEFT_ALONE = new Outcome.TryAgain(Reason.RATE_LIMITED, "429", null);

  /** Operations on stores that one record may cost: a constant, whatever the lane holds. */
  private static final int DEAREST_TURN = 40;

  /** The same for a turn that cancels a share of what a lane holds that has ended. */
  private static final int DEAREST_SHARE = 600;

  private final Counting lanes = new Counting();
  private final Counting deliveries = new Counting();
  private final Counting orders = new Counting();
  private final Counting ready = new Counting();
  private final Counting pending = new Counting();
  private final LaneShelves shelves = new LaneShelves(lanes, deliveries, orders, ready, pending);
  private final Deque<Attempt> attempts = new ArrayDeque<>();
  private int operations;

  /** A shelf in memory that counts. */
  private final class Counting implements LaneShelf {

    private final Map<String, byte[]> lines = new HashMap<>();

    @Override
    public byte @Nullable [] get(String key) {
      operations++;
      return lines.get(key);
    }

    @Override
    public void put(String key, byte @Nullable [] value) {
      operations++;
      if (value == null) {
        lines.remove(key);
      } else {
        lines.put(key, value);
      }
    }
  }

  private Turn act(Consumer<Schedule> event) {
    return act(NOON, event);
  }

  private Turn act(Instant now, Consumer<Schedule> event) {
    return act(now, event, DEAREST_TURN);
  }

  private Turn act(Instant now, Consumer<Schedule> event, int dearest) {
    operations = 0;
    Turn turn = turn(now);
    event.accept(new Schedule(turn, PROFILE, new Way.Open(), _ -> null));
    turn.serialised().run();
    turn.attempts().forEach(said -> attempts.add(said.value()));
    assertThat(operations).isLessThan(dearest);
    return turn;
  }

  private Turn turn(Instant now) {
    return new Turn(PAGERDUTY, now, NOON, shelves);
  }

  private int deliverAll() {
    int delivered = 0;
    for (Attempt attempt = attempts.poll(); attempt != null; attempt = attempts.poll()) {
      Attempt made = attempt;
      act(s -> s.result(Samples.result(made, DELIVERED, NOON)));
      delivered++;
    }
    return delivered;
  }

  private Turn plan(Notification notification) {
    return act(s -> s.plan(notification, null, null, null));
  }

  @Test
  @Tag("volume")
  void twentyThousandAtOnce_costEachTurnTheSameAndLeaveNothingBehind() {
    for (int i = 0; i < MANY; i++) {
      plan(page("inc" + i));
    }
    assertThat(lanes.lines.get(PAGERDUTY)).hasSizeLessThan(500);
    assertThat(deliverAll()).isEqualTo(MANY);
    assertNothingIsLeft();
    assertThat(deliveries.lines).hasSize(MANY);
  }

  private void assertNothingIsLeft() {
    assertThat(orders.lines).isEmpty();
    assertThat(ready.lines).isEmpty();
    assertThat(pending.lines).isEmpty();
    assertThat(turn(NOON).lane().depth()).isZero();
  }

  @Test
  void lane_knowsHowManyArePending() {
    for (int i = 1; i <= 20; i++) {
      plan(page("inc" + i));
      assertThat(turn(NOON).lane().depth()).isEqualTo(i);
    }
    deliverAll();
    assertNothingIsLeft();
  }

  /** Every page of them is under way or ready, and every resolution behind its page. */
  @Test
  void endedLane_isClearedInTurnsOfOneSize_andLeavesNothingBehind() {
    int many = 200;
    for (int i = 0; i < many / 2; i++) {
      plan(page("inc" + i));
      plan(resolve("inc" + i));
    }
    attempts.clear();
    List<Turn> turns = new ArrayList<>();
    Consumer<Schedule> event = schedule -> schedule.end("gone");
    while (turns.isEmpty() || wakes(turns.getLast())) {
      turns.add(act(NOON, event, DEAREST_SHARE));
      event = schedule -> schedule.due(LaneTimer.wake(PAGERDUTY, NOON));
    }
    assertNothingIsLeft();
    assertThat(attempts).isEmpty();
    assertThat(turns).hasSizeBetween(7, 8);
    assertThat(turns.stream().flatMap(turn -> turn.settled().stream()))
        .extracting(Delivery::status)
        .hasSize(many)
        .containsOnly(Delivery.Status.CANCELLED);
  }

  @Test
  void lane_wakesOnce_andNoLaterThanItHasTo() {
    plan(page("inc0"));
    act(s -> s.result(Samples.result(attempts.remove(), LEFT_ALONE, NOON)));
    LaneTimer wake = LaneTimer.wake(PAGERDUTY, NOON.plus(Lane.DEFAULT_PAUSE));
    assertThat(plan(page("inc1")).timers()).containsEntry(wake, true);
    for (int i = 2; i < 50; i++) {
      assertThat(plan(page("inc" + i)).timers()).doesNotContainKey(wake);
    }
    Turn ended = act(NOON, schedule -> schedule.end("gone"), DEAREST_SHARE);
    assertThat(ended.timers()).containsEntry(wake, false);
    assertThat(wakes(ended)).isTrue();
  }

  private static boolean wakes(Turn turn) {
    return turn.timers().containsKey(LaneTimer.wake(PAGERDUTY, NOON));
  }

  @Test
  void manyOfOneOrder_goOutOneAfterTheOther() {
    for (int i = 0; i < 1_000; i++) {
      Notification n = i % 2 == 0 ? page("inc") : resolve("inc");
      plan(
          new Notification(
              n.id() + i, n.endpoint(), "inc", 1, "inc", null, NOON, NOON, n.content()));
      assertThat(attempts).hasSizeLessThanOrEqualTo(1);
    }
    assertThat(deliverAll()).isEqualTo(1_000);
    assertNothingIsLeft();
  }

  @Test
  void endpointThatIsGone_isGivenUpOnce_unlessItsLaneHasEnded() {
    Outcome gone = new Outcome.GiveUp(Reason.GONE, "410");
    for (String incident : List.of("inc1", "inc2", "inc3")) {
      plan(page(incident));
    }
    Turn first = act(s -> s.result(Samples.result(attempts.remove(), gone, NOON)));
    assertThat(first.unreachable()).isNotNull();
    assertThat(first.unreachable().endpoint()).isEqualTo(PAGERDUTY);
    Turn second = act(s -> s.result(Samples.result(attempts.remove(), gone, NOON)));
    assertThat(second.unreachable()).isNull();
    act(NOON, s -> s.end("gone"), DEAREST_SHARE);
    Instant later = NOON.plusSeconds(3600);
    Turn third = act(later, s -> s.result(Samples.result(attempts.remove(), gone, later)));
    assertThat(third.unreachable()).isNull();
    assertThat(third.ended()).hasSize(1);
  }

  @Test
  void result_endsTheWaitForIt() {
    Turn planned = plan(page("inc"));
    LaneTimer lease = onlyTimer(planned, LaneTimer.Kind.LEASE);
    Turn ended = act(s -> s.result(Samples.result(attempts.getLast(), DELIVERED, NOON)));
    assertThat(ended.timers()).containsEntry(lease, false);
    assertThat(ended.ended()).hasSize(1);
  }

  @Test
  void attemptWhoseWorkerEnded_isMadeAgainAtOnce_andItsLeaseIsNotWaitedFor() {
    Turn planned = plan(page("inc"));
    LaneTimer lease = onlyTimer(planned, LaneTimer.Kind.LEASE);
    Turn cutOff = act(s -> s.result(Samples.result(attempts.getLast(), CUT_OFF, NOON)));
    assertThat(cutOff.timers()).containsEntry(lease, false);
    assertThat(attempts).extracting(Attempt::n).containsExactly(1, 2);
  }

  @Test
  void wordThatAWorkerEnded_isNoNewsAfterItsLease_norAfterItsResult() {
    Turn planned = plan(page("inc"));
    LaneTimer lease = onlyTimer(planned, LaneTimer.Kind.LEASE);
    Attempt first = attempts.getFirst();
    act(lease.due(), s -> s.due(lease));
    assertThat(attempts).hasSize(2);

    Turn cutOff = act(s -> s.result(Samples.result(first, CUT_OFF, NOON)));
    assertThat(cutOff.timesIgnored()).isEqualTo(1);
    assertThat(cutOff.said()).isEmpty();

    act(s -> s.result(Samples.result(attempts.getLast(), DELIVERED, NOON)));
    assertThat(act(s -> s.result(Samples.result(attempts.getLast(), CUT_OFF, NOON))).said())
        .isEmpty();
    assertThat(attempts).hasSize(2);
  }

  @Test
  void delivery_isForgottenInTheEnd_andItsEffectWithIt() {
    plan(page("inc"));
    forget(act(s -> s.result(Samples.result(attempts.getLast(), DELIVERED, NOON))));
  }

  @Test
  void deliveryThatIsRefusedAtOnce_isEnteredAndForgottenLikeAnyOther() {
    Turn refused = act(s -> s.plan(page("inc"), "not configured", null, null));
    assertThat(refused.ledger().get("page-inc").status()).isEqualTo(Effect.Status.CANCELLED);
    assertThat(refused.settled()).extracting(Delivery::detail).containsExactly("not configured");
    assertThat(refused.timesIgnored()).isZero();
    forget(refused);
  }

  @Test
  void whatTheLaneKnows_andWhatItDoesNot_isIgnored() {
    plan(page("inc"));
    assertThat(plan(page("inc")).timesIgnored()).isEqualTo(1);
    assertThat(act(s -> s.replay("page-inc", "ann")).timesIgnored()).isEqualTo(1);
    assertThat(act(s -> s.replay("page-other", "ann")).timesIgnored()).isEqualTo(1);
  }

  private void forget(Turn over) {
    LaneTimer timer = onlyTimer(over, LaneTimer.Kind.FORGET);
    assertThat(timer.due()).isEqualTo(NOON.plus(PROFILE.remembered()));
    act(timer.due().minusMillis(1), s -> s.due(timer));
    assertThat(deliveries.lines).hasSize(1);
    Turn forgotten = act(timer.due(), s -> s.due(timer));
    assertThat(deliveries.lines).isEmpty();
    assertThat(forgotten.ledger()).containsEntry("page-inc", null);
  }

  private static LaneTimer onlyTimer(Turn turn, LaneTimer.Kind kind) {
    List<LaneTimer> set =
        turn.timers().entrySet().stream()
            .filter(e -> e.getValue() && e.getKey().kind() == kind)
            .map(Map.Entry::getKey)
            .toList();
    assertThat(set).hasSize(1);
    return set.getFirst();
  }
}
