// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.refusal;

/** A message that is not taken: nothing of it was kept, and the sender is told why. */
public final class Refusal extends RuntimeException {

  private final RefusalReason reason;

  /**
   * @param detail what was given, and what is right
   */
  public Refusal(RefusalReason reason, String detail) {
    // Without a stack trace: a refusal is an answer, and refusing has to stay cheap.
    super(detail, null, false, false);
    this.reason = reason;
  }

  public RefusalReason reason() {
    return reason;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }
}
