// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import dev.tocsin.console.setting.Settings;
import dev.tocsin.schemas.setting.Setting;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Subscriptions as the view holds them. */
final class Subscriptions {

  private static final String KIND = "subscription";

  private final Settings settings;

  Subscriptions(Settings settings) {
    this.settings = settings;
  }

  Optional<Setting.Subscription> find(String id) {
    return settings.find(KIND, id, Setting.Subscription.class);
  }

  /** The oldest first. */
  List<Setting.Subscription> all() {
    return settings.all(KIND, Setting.Subscription.class).stream()
        .sorted(Comparator.comparing(Setting.Subscription::createdAt))
        .toList();
  }
}
