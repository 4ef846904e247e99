// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import dev.tocsin.schemas.topic.Json;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows that can be read. */
public interface Rows {

  byte @Nullable [] bytes(Key key);

  /**
   * Visits rows in the order of their keys.
   *
   * @param after the part of a key behind the prefix: rows up to and including it are passed over
   */
  void scan(Key prefix, byte @Nullable [] after, Visitor visitor);

  /** Is shown a row: the part of its key behind the prefix, and its value. False ends the scan. */
  @FunctionalInterface
  interface Visitor {
    boolean visit(byte[] suffix, byte[] value);
  }

  default <T> Optional<T> find(Key key, Class<T> type) {
    return Optional.ofNullable(bytes(key)).map(bytes -> Json.MAPPER.readValue(bytes, type));
  }

  default long number(Key key) {
    byte[] bytes = bytes(key);
    return bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
  }

  /** The first rows, at most so many. */
  default <T> List<T> first(Key prefix, int most, Class<T> type) {
    List<T> found = new ArrayList<>();
    scan(
        prefix,
        null,
        (_, value) -> {
          found.add(Json.MAPPER.readValue(value, type));
          return found.size() < most;
        });
    return found;
  }
}
