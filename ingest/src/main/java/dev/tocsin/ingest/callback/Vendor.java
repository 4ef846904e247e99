// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.callback;

import dev.tocsin.ingest.auth.Presented;
import dev.tocsin.ingest.source.Message;
import dev.tocsin.ingest.source.Unreadable;
import dev.tocsin.schemas.callback.Callback;
import java.time.Instant;
import java.util.List;

/** Somebody who tells us over webhooks what people do there. */
public interface Vendor {

  /** The last part of the path its webhooks go to. */
  String name();

  /** The header with the body's signatures, and what stands before each in it. */
  Signed signed();

  /**
   * What the message tells; nothing when it is about something we have no use for.
   *
   * @throws Unreadable when it ought to be of use and is not to be understood
   */
  List<Callback> read(Message message, Presented request, Instant receivedAt) throws Unreadable;

  /** Where a signature is to be found. */
  record Signed(String header, String prefix) {}
}
