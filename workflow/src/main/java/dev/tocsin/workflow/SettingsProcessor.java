// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow;

import dev.tocsin.schemas.setting.Setting;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Keeps the settings at hand, on every instance. */
final class SettingsProcessor implements Processor<String, Setting, Void, Void> {

  static final String STORE = "settings";

  private final SettingsInForce inForce;
  private @Nullable KeyValueStore<String, Setting> settings;

  SettingsProcessor(SettingsInForce inForce) {
    this.inForce = inForce;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    settings = context.getStateStore(STORE);
  }

  @Override
  public void process(Record<String, Setting> record) {
    if (settings != null) {
      settings.put(record.key(), record.value());
    }
    inForce.put(record.key(), record.value());
  }
}
