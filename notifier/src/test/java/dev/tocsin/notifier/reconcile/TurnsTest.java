// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private final Turns turns = new Turns();

  @Test
  void everyKey_comesToItsTurn() {
    Set<String> keys = Set.of("a", "b", "c");
    List<String> asked = new ArrayList<>();
    for (int round = 0; round < 6; round++) {
      turns.begin(keys);
      asked.addAll(turns.next(keys, 1));
      turns.found(asked.getLast());
    }
    assertThat(asked).containsExactly("a", "b", "c", "a", "b", "c");
  }

  @Test
  void keyThatIsNeverFound_isAskedForMoreRarely_butNeverGivenUp() {
    List<Integer> asked = new ArrayList<>();
    for (int round = 1; round <= 200; round++) {
      turns.begin(Set.of("a"));
      for (String key : turns.next(Set.of("a"), 5)) {
        asked.add(round);
        turns.missed(key);
      }
    }
    assertThat(asked).containsExactly(1, 3, 7, 15, 31, 63, 127, 191);
  }

  @Test
  void keyThatWasListed_isAskedForAsSoonAsItIsNot() {
    turns.begin(Set.of("a"));
    turns.missed("a");
    turns.found("a");
    turns.begin(Set.of("a"));
    assertThat(turns.next(Set.of("a"), 5)).containsExactly("a");
  }
}
