// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as senders write them: RFC 3339, Go's own way of printing one, Unix seconds or
 * milliseconds. A time without a zone is none, since nobody knows whose it is; nor is one before
 * 2000 or after tomorrow, which is how a missing time looks.
 */
public final class Times {

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Duration AHEAD = Duration.ofDays(1);

  /** {@code 2006-01-02 15:04:05.999 -0700 MST m=+0.1}: the end is for people. */
  private static final Pattern GO =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})[ T](\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?) ?([+-]\\d{2}):?(\\d{2})( .*)?");

  private static final Pattern UNIX = Pattern.compile("\\d{9,13}(?:\\.\\d{1,9})?");

  private static final int LONGEST = 80;

  private Times() {}

  /** The time; null when the text is none that can be believed at {@code receivedAt}. */
  public static @Nullable Instant read(@Nullable String text, Instant receivedAt) {
    Instant time =
        text == null || text.length() > LONGEST
            ? null
            : parse(text.strip().toUpperCase(Locale.ROOT));
    return time == null || time.isBefore(EARLIEST) || time.isAfter(receivedAt.plus(AHEAD))
        ? null
        : time;
  }

  private static @Nullable Instant parse(String text) {
    try {
      if (UNIX.matcher(text).matches()) {
        double number = Double.parseDouble(text);
        return Instant.ofEpochMilli(Math.round(number < 1e11 ? number * 1000 : number));
      }
      Matcher go = GO.matcher(text);
      String iso =
          go.matches()
              ? go.group(1) + 'T' + go.group(2) + go.group(3) + ':' + go.group(4)
              : text.replaceFirst(" (?=\\d)", "T");
      return OffsetDateTime.parse(iso, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
