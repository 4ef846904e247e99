// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Things of one kind in a store that holds several kinds, told apart by how their keys begin.
 *
 * <p>A store of its own for each kind would have a changelog of its own, and every changelog costs
 * each transaction that touches it an append, a commit marker and a place in the coordinator's log.
 */
public final class Shelf {

  private final KeyValueStore<Bytes, byte[]> store;
  private final byte[] name;

  /**
   * @param store made by {@link #store}
   * @param name different from every other shelf's in the store; without {@code /}
   */
  public Shelf(KeyValueStore<Bytes, byte[]> store, String name) {
    this.store = store;
    this.name = bytes(name + '/');
  }

  /** A persistent store with a changelog, to put shelves in. */
  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingEnabled(Map.of());
  }

  public byte @Nullable [] get(String key) {
    return store.get(whole(bytes(key)));
  }

  public void put(String key, byte[] value) {
    put(bytes(key), value);
  }

  public void remove(String key) {
    remove(bytes(key));
  }

  /** Goes through all whose keys begin so, in the order of their bytes. */
  public void forEach(String beginning, BiConsumer<String, byte[]> action) {
    Bytes from = whole(bytes(beginning));
    try (KeyValueIterator<Bytes, byte[]> all = store.range(from, Bytes.increment(from))) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> next = all.next();
        if (startsWith(next.key.get(), from.get())) {
          action.accept(new String(own(next.key), StandardCharsets.UTF_8), next.value);
        }
      }
    }
  }

  public void put(byte[] key, byte[] value) {
    store.put(whole(key), value);
  }

  public void remove(byte[] key) {
    // Not delete, which reads what it removes.
    store.put(whole(key), null);
  }

  /** The keys from one to another, both included, in the order of their bytes. */
  public Keys keys(byte[] from, byte[] to) {
    return new Keys(store.range(whole(from), whole(to)), name.length);
  }

  /** Keys of a shelf, one after the other. To be closed. */
  public static final class Keys implements AutoCloseable {

    private final KeyValueIterator<Bytes, byte[]> entries;
    private final int skipped;

    private Keys(KeyValueIterator<Bytes, byte[]> entries, int skipped) {
      this.entries = entries;
      this.skipped = skipped;
    }

    public boolean hasNext() {
      return entries.hasNext();
    }

    public byte[] next() {
      byte[] key = entries.next().key.get();
      return Arrays.copyOfRange(key, skipped, key.length);
    }

    @Override
    public void close() {
      entries.close();
    }
  }

  private Bytes whole(byte[] key) {
    byte[] whole = Arrays.copyOf(name, name.length + key.length);
    System.arraycopy(key, 0, whole, name.length, key.length);
    return Bytes.wrap(whole);
  }

  private byte[] own(Bytes key) {
    return Arrays.copyOfRange(key.get(), name.length, key.get().length);
  }

  private static boolean startsWith(byte[] key, byte[] beginning) {
    return key.length >= beginning.length
        && Arrays.equals(key, 0, beginning.length, beginning, 0, beginning.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
