// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whose turn it is to be looked up, when there is not time for all: who has waited longest. A key
 * that PagerDuty does not know is asked for more and more rarely, since most of these were never
 * paged.
 */
final class Turns {

  private static final int LONGEST_PAUSE = 64;

  private final Map<String, Turn> turns = new HashMap<>();
  private long round;

  /** When a key was asked for last, and how many times in a row in vain. */
  private record Turn(long round, int misses) {

    boolean isOver(long now) {
      return now - round >= Math.min(1L << Math.min(misses, 30), LONGEST_PAUSE);
    }
  }

  /** A new round among these keys. */
  void begin(Set<String> keys) {
    round++;
    turns.keySet().retainAll(keys);
  }

  List<String> next(Collection<String> keys, int most) {
    return keys.stream()
        .filter(key -> turn(key).isOver(round))
        .sorted(Comparator.comparingLong((String key) -> turn(key).round()).thenComparing(k -> k))
        .limit(most)
        .toList();
  }

  void found(String key) {
    turns.put(key, new Turn(round, 0));
  }

  void missed(String key) {
    turns.put(key, new Turn(round, turn(key).misses() + 1));
  }

  private Turn turn(String key) {
    return turns.getOrDefault(key, new Turn(-LONGEST_PAUSE, 0));
  }
}
