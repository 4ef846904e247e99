// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private final Patience patience = new Patience();

  private boolean isOver(long mending, long taken, long minutes) {
    return patience.isOver(mending, taken, false, Duration.ofMinutes(minutes));
  }

  @Test
  void fewerFindings_areWaitedFor() {
    assertThat(isOver(100, 0, 0)).isFalse();
    assertThat(isOver(100, 0, 8)).isFalse();
    assertThat(isOver(99, 0, 8)).isFalse();
    assertThat(isOver(99, 0, 16)).isFalse();
    assertThat(isOver(99, 0, 17)).isTrue();
  }

  /** A backlog that is worked off makes incidents first, each of which still lacks its page. */
  @Test
  void moreFindings_areWaitedForWhileCallsAreTaken() {
    assertThat(isOver(10, 5, 0)).isFalse();
    assertThat(isOver(1_000, 20, 7)).isFalse();
    assertThat(isOver(5_000, 21, 14)).isFalse();
    assertThat(isOver(5_000, 21, 22)).isFalse();
    assertThat(isOver(5_000, 21, 23)).isTrue();
  }

  @Test
  void nothingIsWaitedForWithoutAnEnd() {
    assertThat(isOver(10, 1, 90)).isFalse();
    assertThat(isOver(10, 2, 91)).isTrue();
  }

  @Test
  void doubled_isNotWaitedForMuchLonger() {
    assertThat(patience.isOver(1, 1, true, Duration.ofSeconds(0))).isFalse();
    assertThat(patience.isOver(1, 1, true, Duration.ofSeconds(60))).isFalse();
    assertThat(patience.isOver(1, 1, true, Duration.ofSeconds(61))).isTrue();
  }
}
