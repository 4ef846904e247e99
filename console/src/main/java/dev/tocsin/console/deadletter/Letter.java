// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.deadletter;

import dev.tocsin.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record set aside, whole.
 *
 * @param id where it lies: service, partition and offset of its dead-letter topic
 * @param origin the topic it was read from; {@code http} when it came in over HTTP
 * @param key base64, null when it had none
 * @param value base64, null for a tombstone
 * @param text the value, when it is UTF-8
 * @param headers its own, without those that tell its story
 * @param fate what a person did with it; null while it waits
 */
public record Letter(
    String id,
    String service,
    String origin,
    @Nullable String position,
    String cause,
    Instant at,
    @Nullable String key,
    @Nullable String value,
    @Nullable String text,
    List<Header> headers,
    @Nullable Fate fate) {

  /** A header of the record; its value is base64. */
  public record Header(String name, @Nullable String value) {}

  /**
   * A dead letter as a line of a list.
   *
   * @param size of the value in bytes
   */
  public record Summary(
      String id,
      String service,
      String origin,
      @Nullable String position,
      String cause,
      Instant at,
      int size,
      @Nullable Fate fate) {

    Fate.State state() {
      return Fate.state(fate);
    }

    /** Whether there is a topic to write it to once more. */
    boolean isReplayable() {
      return isTopic(origin);
    }
  }

  static boolean isTopic(String origin) {
    return Topics.ALL.stream().anyMatch(topic -> topic.name().equals(origin));
  }

  /** With its value as text. The view keeps the value once only. */
  Letter readable() {
    return new Letter(
        id, service, origin, position, cause, at, key, value, text(bytes(value)), headers, fate);
  }

  Letter with(@Nullable Fate its) {
    return new Letter(id, service, origin, position, cause, at, key, value, text, headers, its);
  }

  Fate.State state() {
    return Fate.state(fate);
  }

  Summary summary() {
    byte[] bytes = bytes(value);
    return new Summary(
        id, service, origin, position, cause, at, bytes == null ? 0 : bytes.length, fate);
  }

  static @Nullable String base64(byte @Nullable [] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }

  static byte @Nullable [] bytes(@Nullable String base64) {
    return base64 == null ? null : Base64.getDecoder().decode(base64);
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
