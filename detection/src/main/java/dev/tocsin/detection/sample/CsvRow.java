// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code timestamp,value}; further columns are passed over.
 *
 * @param timestamp as it was written
 */
record CsvRow(String timestamp, Instant at, double value) {

  /** Beyond this, a whole number of seconds would lie after the year 9999. */
  private static final double LAST_SECOND = 253_402_300_799d;

  /** A row that is none, and why. */
  static final class MalformedRowException extends Exception {

    MalformedRowException(String message) {
      super(message);
    }
  }

  static CsvRow of(String line) throws MalformedRowException {
    String[] cells = line.split(",", 3);
    if (cells.length < 2) {
      throw new MalformedRowException(
          "no comma in '" + shortened(line) + "'; a row is timestamp,value");
    }
    String timestamp = unquoted(cells[0]);
    Instant at = instant(timestamp);
    if (at == null) {
      throw new MalformedRowException(
          "'%s' is no time; known are ISO 8601, yyyy-MM-dd HH:mm:ss (UTC) and epoch seconds"
                  .formatted(shortened(timestamp))
              + (isMillis(timestamp) ? "; if it is in milliseconds, divide it by 1,000" : ""));
    }
    return new CsvRow(timestamp, at, value(unquoted(cells[1])));
  }

  private static boolean isMillis(String timestamp) {
    return timestamp.length() == 13 && timestamp.chars().allMatch(Character::isDigit);
  }

  private static double value(String text) throws MalformedRowException {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      throw new MalformedRowException(
          "'" + shortened(text) + "' is no number; one is like 12.5, 3e-4 or NaN");
    }
  }

  private static @Nullable Instant instant(String text) {
    try {
      if (text.length() >= 11 && text.charAt(4) == '-') {
        return dateTime(text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text);
      }
      if (text.length() == 10 && text.charAt(4) == '-') {
        return LocalDate.parse(text).atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC);
      }
      double seconds = Double.parseDouble(text);
      return Math.abs(seconds) <= LAST_SECOND
          ? Instant.ofEpochMilli(Math.round(seconds * 1000))
          : null;
    } catch (DateTimeException | NumberFormatException _) {
      return null;
    }
  }

  private static Instant dateTime(String iso) {
    boolean zoned = iso.endsWith("Z") || iso.indexOf('+', 10) > 0 || iso.indexOf('-', 10) > 0;
    return zoned
        ? OffsetDateTime.parse(iso).toInstant()
        : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
  }

  private static String unquoted(String cell) {
    String text = cell.strip();
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1).strip()
        : text;
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
