// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.spool;

import java.io.IOException;

/** There is no room for a message: nothing of it was kept. */
public final class SpoolFullException extends IOException {

  SpoolFullException(String message) {
    super(message);
  }
}
