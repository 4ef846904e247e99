// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow;

import dev.tocsin.schemas.setting.Setting;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Keeps the settings at hand, on every instance. */
final class SettingsProcessor implements Processor<String, Setting, Void, Void> {

  static final String STORE = "settings";

  private @Nullable KeyValueStore<String, Setting> settings;

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    settings = context.getStateStore(STORE);
  }

  @Override
  public void process(Record<String, Setting> record) {
    if (settings != null) {
      settings.put(record.key(), record.value());
    }
  }

  /** Whether investigations are done by a model: then they are worth waiting for. */
  static boolean isModelAtWork(ReadOnlyKeyValueStore<String, ?> settings) {
    try (KeyValueIterator<String, ?> models = settings.range("model/", "model0")) {
      return models.hasNext();
    }
  }
}
