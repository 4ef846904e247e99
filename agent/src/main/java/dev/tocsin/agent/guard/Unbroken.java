// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.guard;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as it was before a terminal or a log broke its long words into lines: what matches only so
 * is found, and replaced where it stands in the text.
 */
final class Unbroken {

  private static final Pattern BREAK =
      Pattern.compile("(?<=[\\w+/=.-])(?:\\r?\\n|\\\\n)[ \\t]{0,16}(?=[\\w+/=.-])");

  private final String text;
  private final StringBuilder joined = new StringBuilder();
  private final int[] places;

  private Unbroken(String text, Matcher breaks) {
    this.text = text;
    this.places = new int[text.length()];
    int from = 0;
    do {
      take(from, breaks.start());
      from = breaks.end();
    } while (breaks.find());
    take(from, text.length());
  }

  private void take(int from, int to) {
    for (int i = from; i < to; i++) {
      places[joined.length()] = i;
      joined.append(text.charAt(i));
    }
  }

  /** The text with {@code mark} of each match that goes over a break, where that is another. */
  static String replace(String text, Pattern pattern, UnaryOperator<String> mark) {
    Matcher breaks = BREAK.matcher(text);
    return breaks.find() ? new Unbroken(text, breaks).replaced(pattern, mark) : text;
  }

  private String replaced(Pattern pattern, UnaryOperator<String> mark) {
    StringBuilder result = new StringBuilder();
    int kept = 0;
    Matcher found = pattern.matcher(joined);
    while (found.find()) {
      int start = places[found.start()];
      int end = places[found.end() - 1] + 1;
      boolean isBroken = end - start > found.end() - found.start();
      String replacement = isBroken ? mark.apply(found.group()) : found.group();
      if (!replacement.equals(found.group())) {
        result.append(text, kept, start).append(replacement);
        kept = end;
      }
    }
    return kept == 0 ? text : result.append(text, kept, text.length()).toString();
  }
}
