// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.knowledge;

import java.util.List;

/** What came of a search. */
public sealed interface Search {

  /** The most alike, best first; empty when nothing is alike enough. */
  record Found(List<Hit> hits) implements Search {}

  /** It was not searched, and why. */
  record Skipped(String reason) implements Search {}

  /**
   * Something alike.
   *
   * @param similarity cosine, 1 for the same
   */
  record Hit(Item item, double similarity) {}
}
