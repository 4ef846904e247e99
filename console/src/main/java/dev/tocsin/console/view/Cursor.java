// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import dev.tocsin.console.problem.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of a list ended, as text that this list alone takes back: in front of the place is a
 * sum over both.
 */
final class Cursor {

  private Cursor() {}

  /**
   * @param place the part of the last row's key behind what all rows of the list share
   */
  static String of(Table list, byte[] place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            ByteBuffer.allocate(Integer.BYTES + place.length)
                .putInt(sum(list, place))
                .put(place)
                .array());
  }

  /** The place; null from the start. Refuses what {@link #of} did not make. */
  static byte @Nullable [] place(Table list, @Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return null;
    }
    byte[] all = decode(cursor);
    if (all.length >= Integer.BYTES) {
      byte[] place = Arrays.copyOfRange(all, Integer.BYTES, all.length);
      if (ByteBuffer.wrap(all).getInt() == sum(list, place)) {
        return place;
      }
    }
    throw refusal(cursor);
  }

  private static byte[] decode(String cursor) {
    try {
      return Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw refusal(cursor);
    }
  }

  private static Refusal refusal(String cursor) {
    return Refusal.parameter(
        "cursor", cursor, "what \"next\" held in an earlier answer of this list");
  }

  private static int sum(Table list, byte[] place) {
    CRC32 sum = new CRC32();
    sum.update(list.name().getBytes(StandardCharsets.UTF_8));
    sum.update(0);
    sum.update(place);
    return (int) sum.getValue();
  }
}
