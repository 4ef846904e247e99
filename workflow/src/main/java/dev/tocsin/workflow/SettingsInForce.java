// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow;

import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.workflow.step.Means;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings that bear on runs, as far as they have been read. Any thread may ask. */
final class SettingsInForce {

  private final Map<String, Setting> settings = new ConcurrentHashMap<>();
  private volatile Means means = Means.UNKNOWN;

  Means means() {
    return means;
  }

  /** Null takes a setting back. */
  void put(String key, @Nullable Setting setting) {
    if (setting == null) {
      settings.remove(key);
    } else {
      settings.put(key, setting);
    }
    means =
        new Means(
            settings.values().stream().anyMatch(Setting.Model.class::isInstance),
            settings.values().stream()
                .filter(Setting.Channel.class::isInstance)
                .map(Setting.Channel.class::cast)
                .collect(Collectors.toMap(Setting.Channel::id, Setting.Channel::refused)));
  }
}
