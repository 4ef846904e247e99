// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryTest {

  private static final List<Duration> SCHEDULE = List.of(Duration.ofSeconds(10));

  private static Duration pause(String attemptId) {
    return Retry.pause(SCHEDULE, 1, attemptId, null);
  }

  @Test
  void pauses_spreadOverAFifthToEitherSide() {
    List<Duration> pauses =
        IntStream.range(0, 1_000).mapToObj(i -> pause("att_" + i)).sorted().toList();
    assertThat(pauses.getFirst()).isBetween(Duration.ofMillis(8_000), Duration.ofMillis(8_100));
    assertThat(pauses.getLast()).isBetween(Duration.ofMillis(11_900), Duration.ofMillis(12_000));
  }

  @Test
  void pauseOfOneAttempt_isAlwaysTheSame() {
    assertThat(pause("att_1")).isEqualTo(pause("att_1")).isNotEqualTo(pause("att_2"));
  }
}
