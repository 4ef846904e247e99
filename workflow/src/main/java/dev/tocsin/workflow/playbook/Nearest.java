// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The word somebody probably meant. */
final class Nearest {

  private Nearest() {}

  /** {@code ": did you mean 'page'?"}, or nothing when no word is near. */
  static String hint(String given, Collection<String> known) {
    String nearest = to(given, known);
    return nearest == null ? "" : ": did you mean '" + nearest + "'?";
  }

  private static @Nullable String to(String given, Collection<String> known) {
    int far = Math.max(2, given.length() / 3);
    return known.stream()
        .filter(word -> distance(given, word) <= far)
        .min(Comparator.comparingInt(word -> distance(given, word)))
        .orElse(null);
  }

  /** Letters to add, drop or replace: the distance of Levenshtein. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
