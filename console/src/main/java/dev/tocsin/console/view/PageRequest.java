// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import dev.tocsin.console.problem.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param cursor what the part before it called next; null from the start
 */
public record PageRequest(@Nullable String cursor, int limit) {

  private static final int MOST = 200;

  /** From what a caller sent. */
  public static PageRequest of(@Nullable String cursor, int limit) {
    if (limit < 1 || limit > MOST) {
      throw Refusal.parameter("limit", limit, "a number from 1 to " + MOST);
    }
    return new PageRequest(cursor, limit);
  }
}
