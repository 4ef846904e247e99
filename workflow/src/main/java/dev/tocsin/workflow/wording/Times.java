// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.wording;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them at night: one zone, said each time, and how long ago. */
final class Times {

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Times() {}

  static String at(Instant time) {
    return UTC.format(time);
  }

  /** The two largest units: {@code 35 s}, {@code 4 min}, {@code 2 h 10 min}, {@code 3 d 4 h}. */
  static String lasting(Instant from, Instant to) {
    Duration time = from.isAfter(to) ? Duration.ZERO : Duration.between(from, to);
    if (time.toDays() > 0) {
      return units(time.toDays(), "d", time.toHoursPart(), "h");
    }
    if (time.toHours() > 0) {
      return units(time.toHours(), "h", time.toMinutesPart(), "min");
    }
    return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }

  private static String units(long large, String largeUnit, int small, String smallUnit) {
    return large + " " + largeUnit + (small == 0 ? "" : " " + small + ' ' + smallUnit);
  }
}
