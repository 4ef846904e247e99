// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Things by their keys, in memory, that know which of them are yet to be written down. */
final class Remembered<V> {

  private final SortedMap<String, V> all = new TreeMap<>();
  private final SortedSet<String> changed = new TreeSet<>();

  /** As it was written down. */
  void restore(String key, V value) {
    all.put(key, value);
  }

  @Nullable V get(String key) {
    return all.get(key);
  }

  /** In the order of the keys. */
  SortedMap<String, V> all() {
    return Collections.unmodifiableSortedMap(all);
  }

  void put(String key, V value) {
    if (!value.equals(all.put(key, value))) {
      changed.add(key);
    }
  }

  void remove(String key) {
    if (all.remove(key) != null) {
      changed.add(key);
    }
  }

  /** Hands on what changed since the last time; null for what is gone. */
  void write(BiConsumer<String, @Nullable V> to) {
    changed.forEach(key -> to.accept(key, all.get(key)));
    changed.clear();
  }
}
