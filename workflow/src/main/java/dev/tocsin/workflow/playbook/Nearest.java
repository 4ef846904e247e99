// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

/** The word somebody probably meant. */
final class Nearest {

  /** Letters to add, drop or replace. */
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private Nearest() {}

  /** {@code ": did you mean 'page'?"}, or nothing when no word is near. */
  static String hint(String given, Collection<String> known) {
    String nearest = to(given, known);
    return nearest == null ? "" : ": did you mean '" + nearest + "'?";
  }

  private static @Nullable String to(String given, Collection<String> known) {
    int far = Math.max(2, given.length() / 3);
    return known.stream()
        .filter(word -> DISTANCE.apply(given, word) <= far)
        .min(Comparator.comparingInt(word -> DISTANCE.apply(given, word)))
        .orElse(null);
  }
}
