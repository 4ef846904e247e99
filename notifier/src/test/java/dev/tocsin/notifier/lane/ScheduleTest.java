// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import static dev.tocsin.notifier.Samples.NOON;
import static dev.tocsin.notifier.Samples.PAGERDUTY;
import static dev.tocsin.notifier.Samples.paced;
import static dev.tocsin.notifier.Samples.page;
import static dev.tocsin.notifier.Samples.resolve;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.Samples;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.notification.Notification;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A lane without Kafka: what a turn costs, and that nothing is left behind. */
class ScheduleTest {

  private static final int MANY = 20_000;

  /** Operations on stores that one record may cost: a constant, whatever the lane holds. */
  private static final int DEAREST_TURN = 40;

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

  private void act(Consumer<Schedule> event) {
    operations = 0;
    Turn turn = new Turn(PAGERDUTY, NOON, NOON, shelves);
    event.accept(new Schedule(turn, paced(16, 0), new Way.Open(), _ -> null));
    turn.serialised().run();
    turn.attempts().forEach(said -> attempts.add(said.value()));
    assertThat(operations).isLessThan(DEAREST_TURN);
  }

  private int deliverAll() {
    int delivered = 0;
    for (Attempt attempt = attempts.poll(); attempt != null; attempt = attempts.poll()) {
      Attempt made = attempt;
      act(s -> s.result(Samples.result(made, new Outcome.Delivered("R"), NOON)));
      delivered++;
    }
    return delivered;
  }

  private void plan(Notification notification) {
    act(s -> s.plan(notification, null, null, null));
  }

  @Test
  @Tag("volume")
  void twentyThousandAtOnce_costEachTurnTheSameAndLeaveNothingBehind() {
    for (int i = 0; i < MANY; i++) {
      plan(page("inc" + i));
    }
    assertThat(lanes.lines.get(PAGERDUTY)).hasSizeLessThan(500);
    assertThat(deliverAll()).isEqualTo(MANY);
    assertThat(orders.lines).isEmpty();
    assertThat(ready.lines).isEmpty();
    assertThat(pending.lines).isEmpty();
    assertThat(deliveries.lines).hasSize(MANY);
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
  }
}
