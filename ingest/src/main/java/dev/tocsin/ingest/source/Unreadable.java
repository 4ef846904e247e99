// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source;

/** An authentic message that nobody could make sense of. It is kept whole, and people are told. */
public final class Unreadable extends Exception {

  /**
   * @param cause what was found, and what would be readable
   */
  public Unreadable(String cause) {
    super(cause, null, false, false);
  }

  public String inWords() {
    return String.valueOf(getMessage());
  }
}
