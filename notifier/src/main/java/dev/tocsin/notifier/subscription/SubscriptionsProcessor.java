// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.subscription;

import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Json;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Keeps the subscriptions as the settings say. It reads bytes, since an unreadable setting must not
 * stop a global store, which has no dead letters.
 */
public final class SubscriptionsProcessor implements Processor<String, byte[], Void, Void> {

  /** The store that lets Streams read the settings in every process. */
  public static final String STORE = "settings";

  /** How the keys of subscriptions begin, and of what disables them. */
  static final String KIND = "subscription/";

  static final String DISABLED = "disabled/";

  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionsProcessor.class);

  private final Subscriptions subscriptions;
  private @Nullable KeyValueStore<String, byte[]> store;

  public SubscriptionsProcessor(Subscriptions subscriptions) {
    this.subscriptions = subscriptions;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = context.getStateStore(STORE);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    if (store != null) {
      store.put(record.key(), record.value());
    }
    if (record.key().startsWith(KIND) || record.key().startsWith(DISABLED)) {
      heed(record);
    }
  }

  private void heed(Record<String, byte[]> record) {
    if (record.value() == null) {
      if (record.key().startsWith(KIND)) {
        subscriptions.remove(record.key().substring(KIND.length()));
      } else {
        subscriptions.enable(record.key().substring(DISABLED.length()));
      }
      return;
    }
    try {
      switch (Json.MAPPER.readValue(record.value(), Setting.class)) {
        case Setting.Subscription s -> subscriptions.put(s);
        case Setting.Disabled d -> subscriptions.disable(d);
        case Setting.Model _, Setting.Channel _, Setting.Silence _, Setting.Inhibition _ ->
            LOG.warn("setting {}: is of another kind, and changes nothing", record.key());
      }
    } catch (JacksonException e) {
      LOG.warn(
          "setting {}: cannot be read, and changes nothing: {}",
          record.key(),
          e.getOriginalMessage());
    }
  }
}
