// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.text;

import java.util.Locale;

/** Text as an alert brought it, made safe to show and short enough to be taken. */
public final class PlainText {

  /** Stands where text was cut. */
  public static final String CUT = "… [cut]";

  private PlainText() {}

  /**
   * Without what no reader should meet: control characters (tabs and line ends stay), marks that
   * turn the direction of writing, halves of surrogate pairs.
   */
  public static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\n' || c == '\t' || !isUnwelcome(c)) {
                clean.appendCodePoint(c);
              }
            });
    return clean.toString();
  }

  /** Clean, and in one line. */
  public static String line(String text) {
    return clean(text).replaceAll("\\s+", " ").strip();
  }

  /** At most so many characters, with a mark where it was cut. */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Math.max(0, most - CUT.length());
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + CUT;
  }

  /** Whether a person may be given this as a link. */
  public static boolean isWebLink(String href) {
    String start = href.toLowerCase(Locale.ROOT);
    return (start.startsWith("https://") || start.startsWith("http://"))
        && href.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '<' || c == '>');
  }

  private static boolean isUnwelcome(int c) {
    return Character.isISOControl(c)
        || c >= 0x202A && c <= 0x202E
        || c >= 0x2066 && c <= 0x2069
        || c >= 0xD800 && c <= 0xDFFF
        || c == 0xFFFE
        || c == 0xFFFF;
  }
}
