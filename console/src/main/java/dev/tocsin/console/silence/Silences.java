// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.silence;

import dev.tocsin.console.setting.Settings;
import dev.tocsin.schemas.setting.Setting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Silences as the view holds them, those that are over included. */
final class Silences {

  private static final String KIND = "silence";

  private final Settings settings;

  Silences(Settings settings) {
    this.settings = settings;
  }

  Optional<Setting.Silence> find(String id) {
    return settings.find(KIND, id, Setting.Silence.class);
  }

  List<Setting.Silence> all() {
    return settings.all(KIND, Setting.Silence.class);
  }

  static Setting.Silence expired(Setting.Silence silence, String by, Instant now) {
    return new Setting.Silence(
        silence.id(),
        silence.version() + 1,
        silence.matchers(),
        silence.startsAt(),
        silence.endsAt(),
        silence.recurrence(),
        silence.reason(),
        silence.createdBy(),
        silence.createdAt(),
        now,
        by);
  }
}
