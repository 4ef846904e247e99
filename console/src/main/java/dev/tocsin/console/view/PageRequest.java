// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import dev.tocsin.console.problem.Refusal;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param after the key of the last row the caller has; null from the start
 */
public record PageRequest(byte @Nullable [] after, int limit) {

  private static final int MOST = 200;

  /** From what a caller sent. */
  public static PageRequest of(@Nullable String cursor, int limit) {
    if (limit < 1 || limit > MOST) {
      throw Refusal.parameter("limit", limit, "a number from 1 to " + MOST);
    }
    return new PageRequest(cursor == null || cursor.isEmpty() ? null : decode(cursor), limit);
  }

  private static byte[] decode(String cursor) {
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw Refusal.parameter("cursor", cursor, "what \"next\" held in an earlier answer");
    }
  }

  static String cursor(byte[] suffix) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(suffix);
  }
}
