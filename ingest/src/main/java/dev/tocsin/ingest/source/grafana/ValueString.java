// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source.grafana;

import dev.tocsin.ingest.source.Text;
import java.util.Map;
import java.util.TreeMap;

/**
 * The values in a text like {@code [ var='B' labels={pod=a} value=97.2 ], [ ... ]}. Labels may hold
 * quotes and brackets, so what is looked for is the order of the words, not their nesting.
 */
final class ValueString {

  private static final String VAR = "[ var='";
  private static final String VALUE = " value=";

  private ValueString() {}

  static Map<String, Double> values(String text) {
    Map<String, Double> values = new TreeMap<>();
    int at = text.indexOf(VAR);
    while (at >= 0) {
      int next = text.indexOf(VAR, at + VAR.length());
      String part = text.substring(at + VAR.length(), next < 0 ? text.length() : next);
      int quote = part.indexOf('\'');
      int value = part.lastIndexOf(VALUE);
      if (quote > 0 && value > quote) {
        double number = number(part.substring(value + VALUE.length()));
        if (Double.isFinite(number)) {
          values.putIfAbsent(Text.whole(part.substring(0, quote)), number);
        }
      }
      at = next;
    }
    return values;
  }

  private static double number(String text) {
    int end = text.indexOf(' ');
    try {
      return Double.parseDouble(end < 0 ? text : text.substring(0, end));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
