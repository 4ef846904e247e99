// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.timer;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

class InMemoryTimerQueueTest extends TimerQueueContract {

  @Override
  KeyValueStore<Bytes, byte[]> newStore() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore("timers"), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingDisabled()
        .build();
  }
}
