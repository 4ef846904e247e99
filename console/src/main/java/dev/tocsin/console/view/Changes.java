// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import dev.tocsin.schemas.topic.Json;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes that are made together or not at all. Whoever reads a row through them sees it changed.
 */
public final class Changes {

  private final Rows below;

  /** Empty stands for a row that goes. */
  private final Map<Key, Optional<byte[]>> changed = new HashMap<>();

  public Changes(Rows below) {
    this.below = below;
  }

  public <T> Optional<T> find(Key key, Class<T> type) {
    return Optional.ofNullable(bytes(key)).map(bytes -> Json.MAPPER.readValue(bytes, type));
  }

  public boolean contains(Key key) {
    return bytes(key) != null;
  }

  /** The value becomes JSON. */
  public void put(Key key, Object value) {
    putBytes(key, Json.MAPPER.writeValueAsBytes(value));
  }

  public void putBytes(Key key, byte[] value) {
    changed.put(key, Optional.of(value));
  }

  public void delete(Key key) {
    changed.put(key, Optional.empty());
  }

  /** Counts up or down; a counter nobody touched is zero. */
  public void add(Key counter, long difference) {
    byte[] before = bytes(counter);
    long now = (before == null ? 0 : ByteBuffer.wrap(before).getLong()) + difference;
    putNumber(counter, now);
  }

  void putNumber(Key key, long number) {
    putBytes(key, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  private byte @Nullable [] bytes(Key key) {
    Optional<byte[]> here = changed.get(key);
    return here == null ? below.bytes(key) : here.orElse(null);
  }

  /** Further changes on top of these, which {@link #take} makes part of them. */
  Changes onTop() {
    return new Changes(
        new Rows() {
          @Override
          public byte @Nullable [] bytes(Key key) {
            return Changes.this.bytes(key);
          }

          @Override
          public void scan(Key prefix, byte @Nullable [] after, Visitor visitor) {
            below.scan(prefix, after, visitor);
          }
        });
  }

  void take(Changes further) {
    changed.putAll(further.changed);
  }

  Map<Key, Optional<byte[]>> changed() {
    return changed;
  }
}
