// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkingTest {

  private static final List<Integer> HUNDRED = IntStream.rangeClosed(1, 100).boxed().toList();

  @Test
  void twoThatFailTogether_areAllThatIsLeft() {
    Shrinking<Integer> shrinking =
        new Shrinking<>(list -> list.containsAll(List.of(13, 77)), 1_000);
    assertThat(shrinking.shrink(HUNDRED)).containsExactly(13, 77);
  }

  @Test
  void oneThatFailsAlone_isFoundInFewRuns() {
    AtomicInteger runs = new AtomicInteger();
    Shrinking<Integer> shrinking =
        new Shrinking<>(
            list -> {
              runs.incrementAndGet();
              return list.contains(42);
            },
            1_000);
    assertThat(shrinking.shrink(HUNDRED)).containsExactly(42);
    assertThat(runs.get()).isLessThan(40);
  }

  @Test
  void runsThatAreUsedUp_leaveWhatStillFails() {
    Shrinking<Integer> shrinking = new Shrinking<>(list -> list.contains(42), 3);
    assertThat(shrinking.shrink(HUNDRED)).contains(42).hasSizeLessThan(100);
  }

  @Test
  void allThatIsNeeded_staysWhole() {
    Shrinking<Integer> shrinking = new Shrinking<>(list -> list.size() == 5, 1_000);
    assertThat(shrinking.shrink(List.of(1, 2, 3, 4, 5))).hasSize(5);
  }
}
