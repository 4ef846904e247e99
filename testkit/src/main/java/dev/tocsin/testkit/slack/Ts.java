// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Slack's timestamps: seconds with six digits after the point, compared as microseconds. */
final class Ts {

  private static final Pattern TS = Pattern.compile("(\\d{1,12})(?:\\.(\\d{1,6}))?");
  private static final long SECOND = 1_000_000;

  private Ts() {}

  static long micros(Instant time) {
    return time.getEpochSecond() * SECOND + time.getNano() / 1000;
  }

  /** Of a text that may be a timestamp; below zero when it is none. */
  static long micros(String text) {
    Matcher ts = TS.matcher(text);
    if (!ts.matches()) {
      return -1;
    }
    String fraction = ts.group(2) == null ? "" : ts.group(2);
    return Long.parseLong(ts.group(1)) * SECOND
        + Long.parseLong(fraction + "0".repeat(6 - fraction.length()));
  }

  static String of(long micros) {
    return String.format(Locale.ROOT, "%d.%06d", micros / SECOND, micros % SECOND);
  }
}
