// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.kafka.store.Shelf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names on a shelf, all of which are gone through once after each change of something else, a few
 * at a time. A change while a round goes on has another follow.
 */
final class Rounds {

  private static final int MOST_IN_A_TURN = 200;
  private static final byte[] NOTHING = {};

  /** Behind every name: no UTF-8 has this byte. */
  private static final byte[] END = {(byte) 0xff};

  private final Shelf shelf;

  /** The change that the latest round was begun for; the first one follows the start. */
  private long seen = -1;

  /** Where the round goes on; null when it is over. */
  private byte @Nullable [] from;

  Rounds(Shelf shelf) {
    this.shelf = shelf;
  }

  void add(String name) {
    shelf.put(name, NOTHING);
  }

  void remove(String name) {
    shelf.remove(name);
  }

  /**
   * @param changes grows with each change
   */
  List<String> next(long changes) {
    if (from == null) {
      if (changes == seen) {
        return List.of();
      }
      seen = changes;
      from = NOTHING;
    }
    List<String> names = new ArrayList<>();
    try (Shelf.Keys keys = shelf.keys(from, END)) {
      byte[] last = NOTHING;
      while (keys.hasNext() && names.size() < MOST_IN_A_TURN) {
        last = keys.next();
        names.add(new String(last, StandardCharsets.UTF_8));
      }
      // The next key there can be: the same with a zero byte behind it.
      from = keys.hasNext() ? Arrays.copyOf(last, last.length + 1) : null;
    }
    return names;
  }
}
