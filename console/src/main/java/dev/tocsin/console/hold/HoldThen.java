// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.hold;

import dev.tocsin.console.setting.Settings;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.HeldBy;
import dev.tocsin.schemas.hold.HoldFault;
import dev.tocsin.schemas.hold.InhibitionRule;
import dev.tocsin.schemas.hold.SilenceRule;
import dev.tocsin.schemas.setting.Setting;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A silence or an inhibition rule that was there when an alert was decided. One that was taken back
 * since is not known any more; what held an alert back is written in its outcome.
 *
 * @param matched whether it speaks of such an alert; an inhibition rule may, and no alert fired
 *     that it goes by
 */
public record HoldThen(HeldBy.Kind kind, String id, int version, String reason, boolean matched) {

  private static final int MOST = 50;

  /** Those that matched first. */
  public static List<HoldThen> of(Settings settings, Alert alert, Instant decidedAt) {
    return Stream.concat(
            settings.all("silence", Setting.Silence.class).stream()
                .flatMap(s -> of(s, alert, decidedAt).stream()),
            settings.all("inhibition", Setting.Inhibition.class).stream()
                .flatMap(i -> of(i, alert, decidedAt).stream()))
        .sorted(Comparator.comparing(HoldThen::matched).reversed())
        .limit(MOST)
        .toList();
  }

  private static Optional<HoldThen> of(Setting.Silence silence, Alert alert, Instant then) {
    try {
      SilenceRule rule = SilenceRule.of(silence);
      if (then.isBefore(silence.createdAt()) || rule.until(then).isEmpty()) {
        return Optional.empty();
      }
      // To end it was its one change.
      int version = silence.expiredAt() == null ? silence.version() : silence.version() - 1;
      return Optional.of(
          new HoldThen(
              HeldBy.Kind.SILENCE,
              silence.id(),
              version,
              silence.reason(),
              rule.matches(alert.labels())));
    } catch (HoldFault e) {
      return Optional.empty();
    }
  }

  private static Optional<HoldThen> of(Setting.Inhibition inhibition, Alert alert, Instant then) {
    try {
      InhibitionRule rule = InhibitionRule.of(inhibition);
      return then.isBefore(inhibition.createdAt())
          ? Optional.empty()
          : Optional.of(
              new HoldThen(
                  HeldBy.Kind.INHIBITION,
                  inhibition.id(),
                  inhibition.version(),
                  inhibition.reason(),
                  rule.isTarget(alert.labels())));
    } catch (HoldFault e) {
      return Optional.empty();
    }
  }
}
