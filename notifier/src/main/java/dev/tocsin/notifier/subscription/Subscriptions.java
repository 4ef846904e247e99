// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.subscription;

import dev.tocsin.schemas.setting.Setting.Disabled;
import dev.tocsin.schemas.setting.Setting.Subscription;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The subscriptions in force, as far as the settings have been read. Any thread may ask. */
public final class Subscriptions {

  private final Map<String, Subscription> byId = new ConcurrentHashMap<>();
  private final Map<String, Disabled> disabled = new ConcurrentHashMap<>();

  /** Null when it was never there, or was taken back. */
  public @Nullable Subscription find(String id) {
    return byId.get(id);
  }

  public Collection<Subscription> all() {
    return byId.values();
  }

  /** Why a subscription is told nothing for now; null when it is told. */
  public @Nullable Disabled disabled(String id) {
    return disabled.get(id);
  }

  /** Of the subscriptions there are, those that are told nothing for now, and why. */
  public Map<String, String> whyDisabled() {
    Map<String, String> why = new TreeMap<>();
    disabled.forEach(
        (id, d) -> {
          if (byId.containsKey(id)) {
            why.put(id, "by %s since %s: %s".formatted(d.by(), d.since(), d.reason()));
          }
        });
    return why;
  }

  void put(Subscription subscription) {
    byId.put(subscription.id(), subscription);
  }

  void remove(String id) {
    byId.remove(id);
  }

  void disable(Disabled setting) {
    disabled.put(setting.id(), setting);
  }

  void enable(String id) {
    disabled.remove(id);
  }
}
