// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.failpoint;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Ends the JVM when a place is passed for the n-th time: no shutdown hook runs and nothing is
 * flushed, as when it is killed.
 */
public final class Trap {

  /** The exit status that tells this end from others. */
  public static final int STATUS = 86;

  private static final AtomicLong LEFT = new AtomicLong(Long.MAX_VALUE);

  private Trap() {}

  static void set(long passes) {
    LEFT.set(passes);
  }

  /** What is called at the place. */
  public static void pass() {
    if (LEFT.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(STATUS);
    }
  }
}
