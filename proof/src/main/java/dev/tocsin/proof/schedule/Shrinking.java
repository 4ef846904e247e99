// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Delta debugging: takes from a list that fails as much as can be taken while it still fails.
 *
 * <p>Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", 2002: the list is
 * cut in n parts; a complement that fails is gone on with, and when none does, the parts are
 * halved.
 */
public final class Shrinking<T> {

  private final Predicate<List<T>> fails;
  private int runsLeft;

  /**
   * @param fails whether a list still fails: asked at most {@code mostRuns} times
   */
  public Shrinking(Predicate<List<T>> fails, int mostRuns) {
    this.fails = fails;
    this.runsLeft = mostRuns;
  }

  /** The smallest failing list found. */
  public List<T> shrink(List<T> failing) {
    List<T> smallest = List.copyOf(failing);
    int parts = 2;
    while (smallest.size() >= 2 && runsLeft > 0) {
      List<T> smaller = smallestComplement(smallest, parts);
      if (smaller.size() < smallest.size()) {
        smallest = smaller;
        parts = Math.max(parts - 1, 2);
      } else if (parts < smallest.size()) {
        parts = Math.min(smallest.size(), parts * 2);
      } else {
        return smallest;
      }
    }
    return smallest;
  }

  /** Without the first part that can be spared; the list itself when none can. */
  private List<T> smallestComplement(List<T> list, int parts) {
    for (int i = 0; i < parts && runsLeft > 0; i++) {
      int from = list.size() * i / parts;
      int to = list.size() * (i + 1) / parts;
      List<T> rest = new ArrayList<>(list.subList(0, from));
      rest.addAll(list.subList(to, list.size()));
      runsLeft--;
      if (fails.test(rest)) {
        return rest;
      }
    }
    return list;
  }
}
