// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.store;

import dev.tocsin.schemas.topic.Json;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A shelf of records of one type. */
public record JsonShelf<V>(Shelf shelf, Class<V> type) {

  public @Nullable V get(String key) {
    byte[] bytes = shelf.get(key);
    return bytes == null ? null : Json.MAPPER.readValue(bytes, type);
  }

  public void put(String key, V value) {
    shelf.put(key, Json.MAPPER.writeValueAsBytes(value));
  }

  public void remove(String key) {
    shelf.remove(key);
  }

  /** Goes through all whose keys begin so, in the order of their bytes. */
  public void forEach(String beginning, BiConsumer<String, V> action) {
    shelf.forEach(
        beginning, (key, bytes) -> action.accept(key, Json.MAPPER.readValue(bytes, type)));
  }
}
