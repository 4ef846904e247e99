// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.deadletter;

/** Headers that tell a dead letter's story; the value is the record's value, byte for byte. */
public final class DeadLetterHeaders {

  /** The service that set it aside. */
  public static final String SERVICE = "tocsin_service";

  /** Where it was read: a topic, {@code http} for a message over HTTP, or {@code timer}. */
  public static final String ORIGIN = "tocsin_origin";

  /** Partition and offset it was read at, {@code 3/1042}; absent where no topic is the origin. */
  public static final String POSITION = "tocsin_position";

  /** What was wrong, in a sentence. */
  public static final String CAUSE = "tocsin_cause";

  /** When it was set aside, ISO 8601. */
  public static final String AT = "tocsin_at";

  private DeadLetterHeaders() {}
}
