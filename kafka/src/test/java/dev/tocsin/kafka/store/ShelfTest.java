// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShelfTest {

  @TempDir Path dir;
  private KeyValueStore<Bytes, byte[]> store;
  private Shelf groups;
  private Shelf others;

  @BeforeEach
  void openStore() {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "shelves");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    MockProcessorContext<Void, Void> context =
        new MockProcessorContext<>(config, new TaskId(0, 0), dir.toFile());
    store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("memory"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    groups = new Shelf(store, "groups");
    others = new Shelf(store, "groups2");
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void sameKey_onTwoShelves_isTwoThings() {
    groups.put("a", "one".getBytes(UTF_8));
    others.put("a", "two".getBytes(UTF_8));
    groups.remove("a");
    assertThat(groups.get("a")).isNull();
    assertThat(others.get("a")).asString(UTF_8).isEqualTo("two");
  }

  @Test
  void beginning_findsItsOwnInOrder_andNothingOfAnotherShelf() {
    for (String key : List.of("b1", "a2", "a1", "c")) {
      groups.put(key, new byte[0]);
    }
    others.put("a3", new byte[0]);
    assertThat(keys("a")).containsExactly("a1", "a2");
    assertThat(keys("")).containsExactly("a1", "a2", "b1", "c");
  }

  private List<String> keys(String beginning) {
    List<String> keys = new ArrayList<>();
    groups.forEach(beginning, (key, _) -> keys.add(key));
    return keys;
  }
}
