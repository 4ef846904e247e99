// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import java.time.Duration;

/**
 * For how long a run is waited for after its last fault. A delivery that failed twice may wait for
 * five minutes; what an outage held up takes as long as it takes, and while calls are taken it is
 * under way.
 */
final class Patience {

  private static final Duration BETTER_WITHIN = Duration.ofMinutes(8);

  /** When something is doubled, which no time can mend. */
  private static final Duration HOPELESS_AFTER = Duration.ofMinutes(1);

  private static final Duration OVER_WITHIN = Duration.ofMinutes(90);

  private Duration betterAt = Duration.ZERO;
  private long fewest = Long.MAX_VALUE;
  private long most;

  /**
   * Whether it is at its end.
   *
   * @param mending findings that time may mend
   * @param taken calls that receivers have taken so far
   * @param waited since the last fault
   */
  boolean isOver(long mending, long taken, boolean hopeless, Duration waited) {
    if (mending < fewest || taken > most) {
      betterAt = waited;
    }
    fewest = Math.min(fewest, mending);
    most = Math.max(most, taken);
    Duration within = hopeless ? HOPELESS_AFTER : BETTER_WITHIN;
    return waited.minus(betterAt).compareTo(within) > 0 || waited.compareTo(OVER_WITHIN) > 0;
  }
}
