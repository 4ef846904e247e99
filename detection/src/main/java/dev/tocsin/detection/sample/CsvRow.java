// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code timestamp,value}; further columns are passed over.
 *
 * @param timestamp as it was written
 */
record CsvRow(String timestamp, Instant at, double value) {

  /** Beyond this, a whole number of seconds would lie after the year 9999. */
  private static final double LAST_SECOND = 253_402_300_799d;

  /** Without what only Java takes for one: {@code 1f}, {@code 0x1p3}. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

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
          "no comma in '"
              + shortened(line)
              + "'; a row is timestamp,value"
              + (line.contains(";") || line.contains("\t")
                  ? ": its columns are to be separated by commas"
                  : ""));
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

  /** A header names its columns: its first begins with a letter, its second is no number. */
  static boolean isHeader(String line) {
    String[] cells = line.split(",", 3);
    return cells.length > 1
        && !unquoted(cells[0]).isEmpty()
        && Character.isLetter(unquoted(cells[0]).charAt(0))
        && number(unquoted(cells[1])) == null;
  }

  private static boolean isMillis(String timestamp) {
    return timestamp.length() == 13 && timestamp.chars().allMatch(Character::isDigit);
  }

  private static double value(String text) throws MalformedRowException {
    Double number = number(text);
    if (number == null) {
      throw new MalformedRowException(
          text.isEmpty()
              ? "it has no value; one is like 12.5, 3e-4 or NaN"
              : "'" + shortened(text) + "' is no number; one is like 12.5, 3e-4 or NaN");
    }
    return number;
  }

  /** Also as Prometheus writes what is none; null for other words. */
  private static @Nullable Double number(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case String other when NUMBER.matcher(other).matches() -> Double.valueOf(other);
      case String _ -> null;
    };
  }

  private static @Nullable Instant instant(String text) {
    try {
      if (text.length() >= 11 && text.charAt(4) == '-') {
        return dateTime(text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text);
      }
      if (text.length() == 10 && text.charAt(4) == '-') {
        return LocalDate.parse(text).atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC);
      }
      if (!NUMBER.matcher(text).matches()) {
        return null;
      }
      double seconds = Double.parseDouble(text);
      return Math.abs(seconds) <= LAST_SECOND
          ? Instant.ofEpochMilli(Math.round(seconds * 1000))
          : null;
    } catch (DateTimeException _) {
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
