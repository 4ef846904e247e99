// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.silence;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.hold.HoldFault;
import dev.tocsin.schemas.hold.Matchers;
import dev.tocsin.schemas.hold.SilenceRule;
import dev.tocsin.schemas.hold.Window;
import dev.tocsin.schemas.setting.Setting;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A silence as the API shows it.
 *
 * @param state null when it cannot be understood, and so holds nothing back
 * @param text its matchers in one line
 * @param ahead the time that is on, and some of those to come
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Shown(
    String id,
    int version,
    SilenceRule.@Nullable State state,
    List<Setting.Matcher> matchers,
    String text,
    Instant startsAt,
    Instant endsAt,
    Setting.@Nullable Recurrence recurrence,
    List<Window> ahead,
    String reason,
    String createdBy,
    Instant createdAt,
    @Nullable Instant expiredAt,
    @Nullable String expiredBy) {

  private static final int SOME = 3;

  static Shown of(Setting.Silence silence, Instant now) {
    try {
      SilenceRule rule = SilenceRule.of(silence);
      return of(silence, rule.state(now), rule.ahead(now, SOME));
    } catch (HoldFault e) {
      return of(silence, null, List.of());
    }
  }

  private static Shown of(
      Setting.Silence silence, SilenceRule.@Nullable State state, List<Window> ahead) {
    return new Shown(
        silence.id(),
        silence.version(),
        state,
        silence.matchers(),
        Matchers.text(silence.matchers()),
        silence.startsAt(),
        silence.endsAt(),
        silence.recurrence(),
        ahead,
        silence.reason(),
        silence.createdBy(),
        silence.createdAt(),
        silence.expiredAt(),
        silence.expiredBy());
  }
}
