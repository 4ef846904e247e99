// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for real programs, which takes real time. */
public final class Waiting {

  private Waiting() {}

  public static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Whether it came true within the time. */
  public static boolean until(BooleanSupplier condition, Duration within, Duration between) {
    long end = System.nanoTime() + within.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      pause(between);
    }
    return true;
  }
}
