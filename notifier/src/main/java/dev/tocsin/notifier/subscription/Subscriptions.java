// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.subscription;

import dev.tocsin.schemas.setting.Setting.Subscription;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The subscriptions in force, as far as the settings have been read. Any thread may ask. */
public final class Subscriptions {

  private final Map<String, Subscription> byId = new ConcurrentHashMap<>();

  /** Null when it was never there, or was taken back. */
  public @Nullable Subscription find(String id) {
    return byId.get(id);
  }

  public Collection<Subscription> all() {
    return byId.values();
  }

  void put(Subscription subscription) {
    byId.put(subscription.id(), subscription);
  }

  void remove(String id) {
    byId.remove(id);
  }
}
