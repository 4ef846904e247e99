// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.callback;

import dev.tocsin.ingest.auth.Presented;
import dev.tocsin.ingest.source.MessageReader;
import dev.tocsin.ingest.source.Unreadable;
import dev.tocsin.schemas.callback.Callback;
import java.time.Instant;
import java.util.List;

/** Somebody who tells us over webhooks what people do there. */
public interface Vendor {

  /** The last part of the path its webhooks go to. */
  String name();

  /** The header with the signatures, and what stands before each in it. */
  Signed signed();

  /**
   * What it signs before the body. Refuses what was signed too long ago, if the time is a part of
   * that.
   */
  default String signedAhead(Presented request, Instant now) {
    return "";
  }

  /** How it posts. */
  default Manner manner() {
    return Manner.WEBHOOK;
  }

  /**
   * What a body tells; nothing when it is about something we have no use for.
   *
   * @param json reads the JSON in it
   * @throws Unreadable when it ought to be of use and is not to be understood
   */
  List<Callback> read(byte[] body, MessageReader json, Presented request, Instant receivedAt)
      throws Unreadable;

  /** How a vendor posts, and what it wants to hear. */
  enum Manner {
    /** JSON, answered 202 with a receipt. */
    WEBHOOK,
    /** A form, while a person waits: answered 200, and what else is said they see as an error. */
    INTERACTION
  }

  /** Where a signature is to be found. */
  record Signed(String header, String prefix) {}
}
