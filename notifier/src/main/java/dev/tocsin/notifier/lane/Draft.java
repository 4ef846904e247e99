// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import dev.tocsin.schemas.topic.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A shelf as it will be after a turn. Nothing is written before all of the turn is decided, and
 * nothing at all of what comes and goes within one.
 */
final class Draft<V> {

  private final LaneShelf shelf;
  private final Class<V> type;
  private final Map<String, Line<V>> lines = new LinkedHashMap<>();

  private record Line<V>(@Nullable V before, @Nullable V now) {}

  Draft(LaneShelf shelf, Class<V> type) {
    this.shelf = shelf;
    this.type = type;
  }

  @Nullable V get(String key) {
    return line(key).now();
  }

  void put(String key, V value) {
    lines.put(key, new Line<>(line(key).before(), value));
  }

  void remove(String key) {
    lines.put(key, new Line<>(line(key).before(), null));
  }

  private Line<V> line(String key) {
    return lines.computeIfAbsent(
        key,
        k -> {
          byte[] bytes = shelf.get(k);
          V value = bytes == null ? null : Json.MAPPER.readValue(bytes, type);
          return new Line<>(value, value);
        });
  }

  /** What to write, as bytes. */
  Runnable serialised() {
    Map<String, byte @Nullable []> changed = new LinkedHashMap<>();
    lines.forEach(
        (key, line) -> {
          if (line.before() != line.now()) {
            changed.put(key, line.now() == null ? null : Json.MAPPER.writeValueAsBytes(line.now()));
          }
        });
    return () -> changed.forEach(shelf::put);
  }
}
