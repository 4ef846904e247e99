// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas;

/** Texts of bounded length: what carries them is bounded too. */
public final class Cut {

  private static final char MARK = '…';

  private Cut() {}

  /** At most so many characters, with a mark where it was cut, and no half of a character. */
  public static String to(int most, String text) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 1;
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + MARK;
  }
}
