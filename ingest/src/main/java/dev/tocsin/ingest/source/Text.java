// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source;

import java.util.Map;
import java.util.TreeMap;

/** Text from outside, made safe to keep: no half characters, no endless values. */
public final class Text {

  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_TITLE = 200;

  private Text() {}

  /** Half a surrogate pair cannot be written as UTF-8; it becomes the replacement character. */
  public static String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return text.codePoints()
            .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }

  /** At most this long, and where something is gone, it says so. */
  public static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end) + "… (cut: " + text.length() + " characters)";
  }

  /** One line without control characters, and without those that turn the direction of reading. */
  public static String line(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(LONGEST_TITLE * 4L)
        .map(c -> isUnseen(c) ? ' ' : c)
        .forEach(line::appendCodePoint);
    return cut(line.toString().strip().replaceAll(" {2,}", " "), LONGEST_TITLE);
  }

  private static boolean isUnseen(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> Character.isWhitespace(c);
    };
  }

  /**
   * The first so many entries by name, with names and values of bounded length, and all of them
   * together too: a record has to fit the broker's limit whatever a sender sends.
   */
  public static Map<String, String> bounded(
      Map<String, String> all, int entries, int longestValue, int longestTogether) {
    Map<String, String> kept = new TreeMap<>();
    int length = 0;
    for (Map.Entry<String, String> entry : new TreeMap<>(all).entrySet()) {
      String name = cut(entry.getKey(), LONGEST_NAME);
      String value = cut(entry.getValue(), longestValue);
      length += name.length() + value.length();
      if (kept.size() == entries || length > longestTogether) {
        break;
      }
      kept.put(name, value);
    }
    return kept;
  }
}
