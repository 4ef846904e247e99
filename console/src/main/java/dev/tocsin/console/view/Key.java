// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * The name of a row: bytes that sort as its parts do.
 *
 * <p>Text ends with a zero byte, which text itself never contains; an instant is eight bytes, and a
 * {@link Latest} one sorts the latest first.
 */
public final class Key {

  private final Family family;
  private final byte[] bytes;

  private Key(Family family, byte[] bytes) {
    this.family = family;
    this.bytes = bytes;
  }

  /** An instant as a part of a key that sorts the latest first. */
  public record Latest(Instant at) {}

  static Key of(Family family, String table, Object... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    text(out, table);
    for (Object part : parts) {
      switch (part) {
        case Instant at -> out.writeBytes(number(at.toEpochMilli()));
        case Latest latest -> out.writeBytes(number(-latest.at().toEpochMilli()));
        default -> text(out, part.toString());
      }
    }
    return new Key(family, out.toByteArray());
  }

  /** All rows whose next part begins with this text. */
  public Key startingWith(String text) {
    return followedBy(text.getBytes(StandardCharsets.UTF_8));
  }

  Key followedBy(byte[] more) {
    byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(more, 0, all, bytes.length, more.length);
    return new Key(family, all);
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8));
    out.write(0);
  }

  /** Big-endian with the sign turned, so that bytes sort as numbers do. */
  private static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number ^ Long.MIN_VALUE).array();
  }

  /** The part of this key behind a shorter one: from there on, a scan below that goes. */
  public byte[] behind(Key beginning) {
    return Arrays.copyOfRange(bytes, beginning.bytes.length, bytes.length);
  }

  Family family() {
    return family;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key && family == key.family && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * family.hashCode() + Arrays.hashCode(bytes);
  }
}
