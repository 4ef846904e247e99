// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** How many there are, by kind and label. All of them are read at one instant. */
public record Counters(Map<String, Map<String, Long>> counts) {

  private static final Table TABLE = new Table(Family.FOR_GOOD, "count");

  public static void add(Changes changes, String kind, String label, long difference) {
    changes.add(TABLE.key(kind, label), difference);
  }

  public static Counters of(Rows rows) {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    rows.scan(
        TABLE.key(),
        null,
        (suffix, value) -> {
          String[] parts = new String(suffix, StandardCharsets.UTF_8).split("\0", -1);
          counts
              .computeIfAbsent(parts[0], _ -> new TreeMap<>())
              .put(parts[1], ByteBuffer.wrap(value).getLong());
          return true;
        });
    return new Counters(counts);
  }

  public Map<String, Long> of(String kind) {
    return counts.getOrDefault(kind, Map.of());
  }

  public long sum(String kind) {
    return of(kind).values().stream().mapToLong(Long::longValue).sum();
  }
}
