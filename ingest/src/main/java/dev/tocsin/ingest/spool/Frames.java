// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.spool;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How entries lie in one file: each with a mark, its length and a checksum before it.
 *
 * <p>Where a frame is damaged the next whole one is looked for byte by byte, so that a flipped bit
 * costs one message and not all that follow. The checksum begins with a salt that only the file's
 * name tells: so no sender can write a frame into its message that would be taken for one of ours.
 */
final class Frames {

  static final int HEADER = 12;

  /** The letters "tocq". */
  private static final int MARK = 0x746f6371;

  private final long salt;

  Frames(long salt) {
    this.salt = salt;
  }

  /**
   * A whole frame.
   *
   * @param start where it begins; what lies before it, from where it was looked for, is damaged
   * @param end the first byte after it
   */
  record Found(int start, int end, byte[] entry) {}

  byte[] frame(byte[] entry) {
    return ByteBuffer.allocate(HEADER + entry.length)
        .putInt(MARK)
        .putInt(entry.length)
        .putInt(checksum(entry, 0, entry.length))
        .put(entry)
        .array();
  }

  /** The first whole frame at {@code from} or after it; null when there is none. */
  @Nullable Found next(byte[] bytes, int from) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int at = from; at + HEADER <= bytes.length; at++) {
      if (bytes[at] == (byte) (MARK >> 24) && buffer.getInt(at) == MARK) {
        int length = buffer.getInt(at + 4);
        int start = at + HEADER;
        if (length >= 0
            && length <= bytes.length - start
            && buffer.getInt(at + 8) == checksum(bytes, start, length)) {
          return new Found(at, start + length, Arrays.copyOfRange(bytes, start, start + length));
        }
      }
    }
    return null;
  }

  /** Whether nothing but the beginning of one frame lies there, as after a write that was cut. */
  static boolean isCutShort(byte[] bytes, int from) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return bytes.length - from < HEADER
        || buffer.getInt(from) == MARK && buffer.getInt(from + 4) > bytes.length - from - HEADER;
  }

  private int checksum(byte[] bytes, int start, int length) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(12).putLong(salt).putInt(length).flip());
    crc.update(bytes, start, length);
    return (int) crc.getValue();
  }
}
