// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.watch;

import static dev.tocsin.notifier.Samples.NOON;
import static dev.tocsin.notifier.Samples.PAGERDUTY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class LaneHealthTest {

  private final LaneBoard board = new LaneBoard();
  private final Map<String, String> disabled = new HashMap<>();

  private Health health(Duration later) {
    return new LaneHealth(board, () -> disabled, "sub_1"::equals, () -> NOON.plus(later)).health();
  }

  @Test
  void lanesThatMove_areUp() {
    board.put(PAGERDUTY, new LaneBoard.Standing(20_000, NOON, null));
    assertThat(health(Duration.ofMinutes(4)).getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void laneWithAnOldDelivery_isStuckAndNamed() {
    board.put(PAGERDUTY, new LaneBoard.Standing(1, NOON, null));
    Health health = health(Duration.ofMinutes(6));
    assertThat(health.getStatus().getCode()).isEqualTo(LaneHealth.DEGRADED);
    assertThat(health.getDetails().get("stuck").toString()).contains(PAGERDUTY);
  }

  @Test
  void laneOfADisabledSubscription_isNamedAndNoFault() {
    board.put("webhook/sub_1", new LaneBoard.Standing(3, NOON, null));
    disabled.put("sub_1", "by ann");
    Health health = health(Duration.ofMinutes(6));
    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails().get("disabled").toString()).contains("sub_1", "by ann");
  }

  @Test
  void laneOfASubscriptionThatIsGone_isNoFault_unlikeThatOfOneThatIsThere() {
    board.put("webhook/sub_gone", new LaneBoard.Standing(3, NOON, NOON));
    assertThat(health(Duration.ofMinutes(6)).getStatus()).isEqualTo(Status.UP);
    board.put("webhook/sub_1", new LaneBoard.Standing(3, NOON, NOON));
    Health health = health(Duration.ofMinutes(6));
    assertThat(health.getStatus().getCode()).isEqualTo(LaneHealth.DEGRADED);
    assertThat(health.getDetails().get("stuck").toString())
        .contains("sub_1")
        .doesNotContain("sub_gone");
  }

  @Test
  void openBreaker_isStuckUntilItCloses() {
    board.put(PAGERDUTY, new LaneBoard.Standing(0, null, NOON));
    assertThat(health(Duration.ZERO).getStatus().getCode()).isEqualTo(LaneHealth.DEGRADED);
    board.put(PAGERDUTY, new LaneBoard.Standing(0, null, null));
    assertThat(health(Duration.ZERO).getStatus()).isEqualTo(Status.UP);
  }
}
