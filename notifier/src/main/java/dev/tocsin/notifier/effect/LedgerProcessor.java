// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.effect;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Keeps the ledger as bytes, which are read when somebody asks. */
public final class LedgerProcessor implements Processor<String, byte[], Void, Void> {

  private final String name;
  private @Nullable KeyValueStore<String, byte[]> store;

  /**
   * @param name of the store
   */
  public LedgerProcessor(String name) {
    this.name = name;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = context.getStateStore(name);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    if (store != null) {
      store.put(record.key(), record.value());
    }
  }
}
