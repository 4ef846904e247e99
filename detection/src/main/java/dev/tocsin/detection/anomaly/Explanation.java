// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import dev.tocsin.detection.anomaly.Judgement.Judged;
import dev.tocsin.schemas.anomaly.Anomaly.Aspect;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Judgements in words and numbers, for people. */
final class Explanation {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Explanation() {}

  static String of(Judged judged) {
    String value = number(judged.value());
    String band = number(judged.band().low()) + " to " + number(judged.band().high());
    if (judged.turn() == Judgement.Turn.BACK) {
      return "back in its band: %s, expected %s".formatted(value, band);
    }
    return "%s is %s scales %s what was expected (%s, band %s%s); %s, as one sample in %s; as far off %s%s"
        .formatted(
            value,
            number(Math.abs(judged.deviation())),
            judged.deviation() >= 0 ? "above" : "below",
            number(judged.band().expected()),
            band,
            percent(judged),
            words(judged.rarity().aspect()),
            tenTo(judged.rarity().surprise()),
            lastSeen(judged.rarity().lastSeen()),
            judged.young() ? "; the series is still being learnt" : "");
  }

  private static String words(Aspect aspect) {
    return switch (aspect) {
      case LEVEL -> "its level is unusual";
      case JUMP -> "it jumped";
      case SUSTAINED -> "it stays away from its level";
      case VOLATILITY -> "it varies otherwise than usual";
      case UNUSUAL_HOUR -> "it is unusual for this hour";
      case UNFAMILIAR_SHAPE -> "its course is unfamiliar";
      case EXHAUSTION, SATURATION ->
          throw new IllegalStateException("no feature of the detector is " + aspect);
    };
  }

  private static String percent(Judged judged) {
    double expected = Math.abs(judged.band().expected());
    double change = 100 * (judged.value() - judged.band().expected()) / expected;
    return expected == 0 || Math.abs(change) > 1e5
        ? ""
        : String.format(Locale.ROOT, ", %+.0f %%", change);
  }

  private static String tenTo(double surprise) {
    if (surprise >= 6) {
      return "a million";
    }
    long rounded = Math.max(1, Math.round(Math.pow(10, surprise)));
    long unit = rounded < 100 ? 1 : rounded < 1_000 ? 10 : 100;
    return String.format(Locale.ROOT, "%,d", rounded / unit * unit);
  }

  private static String lastSeen(@Nullable Instant at) {
    return at == null ? "was never seen" : "was last seen " + MINUTE.format(at);
  }

  static String number(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      // Not with the sign that a zero may have.
      return "0";
    }
    if (size >= 1e9 || size < 1e-3) {
      return String.format(Locale.ROOT, "%.3g", value);
    }
    String plain = String.format(Locale.ROOT, size >= 1_000 ? "%.0f" : "%.3f", value);
    return plain.contains(".") ? plain.replaceAll("0+$", "").replaceAll("\\.$", "") : plain;
  }
}
