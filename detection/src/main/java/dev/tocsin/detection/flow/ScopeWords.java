// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import dev.tocsin.schemas.anomaly.Anomaly.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What is unusual about a service, a team or everything, in words. Times are minutes. */
final class ScopeWords {

  private final Subject subject;
  private final List<Finding> found;

  ScopeWords(Subject subject, List<Finding> found) {
    this.subject = subject;
    this.found = found;
  }

  void storm(RateWatch.Turn turn) {
    switch (turn) {
      case RateWatch.Turn.Begins(long minute, RateWatch.Reading r) ->
          add(
              Kind.STORM,
              true,
              minute,
              minute + 1,
              r.count(),
              r.mean(),
              r.high(),
              r.surprise(),
              "%s: %.0f alerts in 5 minutes, %s ordinary at this hour; so many are rarer than one in 10,000"
                  .formatted(subject.name(), r.count(), some(r.mean())));
      case RateWatch.Turn.Ends(long since, long minute, RateWatch.Reading r) ->
          add(
              Kind.STORM,
              false,
              since,
              minute + 1,
              r.count(),
              r.mean(),
              r.high(),
              r.surprise(),
              "%s: the storm of alerts is over, %.0f in 5 minutes"
                  .formatted(subject.name(), r.count()));
    }
  }

  void severity(Severities.Reading r, boolean begins, long since, long now) {
    add(
        Kind.SEVERITY_INFLATION,
        begins,
        since,
        now,
        r.share(),
        r.before(),
        r.before(),
        r.surprise(),
        begins
            ? "%s: %d of %d alerts within an hour are critical, %.0f %% before"
                .formatted(subject.name(), r.critical(), r.all(), 100 * r.before())
            : "%s: no more of the alerts are critical than before".formatted(subject.name()));
  }

  void mix(Mix.Reading r, boolean begins, long since, long now) {
    add(
        Kind.MIX_CHANGE,
        begins,
        since,
        now,
        r.count(),
        r.expected(),
        r.expected(),
        r.surprise(),
        begins
            ? "%s: other alerts than usual: %d of the last %d are “%s”, %s were to be expected"
                .formatted(subject.name(), r.count(), r.all(), r.name(), some(r.expected()))
            : "%s: the usual alerts again".formatted(subject.name()));
  }

  void shift(Shift.Reading r, boolean begins, long since, long now) {
    add(
        Kind.RATE_SHIFT,
        begins,
        since,
        now,
        r.count(),
        r.expected(),
        r.expected(),
        4,
        begins
            ? "%s: for hours, %s alerts than usual have come: %.0f in the last one, %s are ordinary"
                .formatted(
                    subject.name(),
                    r.direction() > 0 ? "more" : "fewer",
                    r.count(),
                    some(r.expected()))
            : "%s: as many alerts as usual again".formatted(subject.name()));
  }

  private void add(
      Kind kind,
      boolean begins,
      long since,
      long at,
      double value,
      double expected,
      double high,
      double surprise,
      String words) {
    found.add(
        new Finding(
            kind,
            subject,
            begins,
            instant(since),
            instant(at),
            value,
            expected,
            0,
            high,
            surprise,
            words));
  }

  private static Instant instant(long minute) {
    return Instant.ofEpochSecond(minute * 60);
  }

  private static String some(double count) {
    return count < 10
        ? String.format(Locale.ROOT, "%.1f", count)
        : String.format(Locale.ROOT, "%.0f", count);
  }
}
