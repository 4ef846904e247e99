// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.silence;

import dev.tocsin.console.problem.Refusal;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.hold.HoldFault;
import dev.tocsin.schemas.hold.SilenceRule;
import dev.tocsin.schemas.setting.Setting;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A silence as a caller asks for it.
 *
 * @param startsAt null is now
 */
record Wish(
    @Nullable List<Setting.Matcher> matchers,
    @Nullable Instant startsAt,
    @Nullable Instant endsAt,
    Setting.@Nullable Recurrence recurrence,
    @Nullable String reason) {

  /** As long as a preview's, which has no end of its own, would last. */
  private static final long AN_HOUR = 3600;

  /** The silence, when it means something and has time left. */
  SilenceRule silence(String by, Instant now) {
    if (endsAt == null) {
      throw Refusal.parameter("endsAt", null, "a time as 2026-11-28T12:00:00Z");
    }
    SilenceRule rule = rule(by, startsAt == null ? now : startsAt, endsAt, reason, now);
    if (rule.state(now) == SilenceRule.State.EXPIRED) {
      throw Refusal.parameter(
          "endsAt", endsAt, "later than now, " + now.truncatedTo(ChronoUnit.SECONDS));
    }
    return rule;
  }

  /** Whatever of it matters to what it matches; the rest may be missing. */
  SilenceRule preview(String by, Instant now) {
    Instant from = startsAt == null ? now : startsAt;
    return rule(by, from, endsAt == null ? from.plusSeconds(AN_HOUR) : endsAt, "a preview", now);
  }

  private SilenceRule rule(String by, Instant from, Instant to, @Nullable String why, Instant now) {
    List<Setting.Matcher> all = matchers == null ? List.of() : matchers;
    Setting.Silence silence =
        new Setting.Silence(
            ContentId.of("sil", by, all, from, to, String.valueOf(recurrence), now),
            1,
            all,
            from,
            to,
            recurrence,
            why == null ? "" : why.strip(),
            by,
            now,
            null,
            null);
    try {
      return SilenceRule.of(silence);
    } catch (HoldFault e) {
      throw Refusal.of(e);
    }
  }
}
