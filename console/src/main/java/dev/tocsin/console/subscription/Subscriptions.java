// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import dev.tocsin.console.problem.Refusal;
import dev.tocsin.console.setting.Settings;
import dev.tocsin.schemas.setting.Setting;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Subscriptions as the view holds them. */
final class Subscriptions {

  private static final String KIND = "subscription";

  private static final String DISABLED = "disabled";

  private final Settings settings;

  Subscriptions(Settings settings) {
    this.settings = settings;
  }

  Optional<Setting.Subscription> find(String id) {
    return settings.find(KIND, id, Setting.Subscription.class);
  }

  /** Or a refusal. */
  Setting.Subscription get(String id) {
    return find(id).orElseThrow(() -> Refusal.unknown("subscription", id));
  }

  /** Why it is told nothing for now; empty when it is. */
  Optional<Setting.Disabled> disabled(String id) {
    return settings.find(DISABLED, id, Setting.Disabled.class);
  }

  Shown shown(Setting.Subscription subscription) {
    return Shown.of(subscription, disabled(subscription.id()).orElse(null));
  }

  /** The oldest first. */
  List<Setting.Subscription> all() {
    return settings.all(KIND, Setting.Subscription.class).stream()
        .sorted(Comparator.comparing(Setting.Subscription::createdAt))
        .toList();
  }
}
