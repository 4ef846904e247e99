// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.knowledge;

/**
 * A share of one core's time, with some saved up: a token bucket whose tokens are nanoseconds.
 *
 * <p>Work is paid for after it was done, since nobody knows before how long it takes. Times are
 * those of {@link System#nanoTime}, given as arguments.
 */
final class Share {

  private final double share;
  private final long most;
  private long saved;
  private long asOf;

  /**
   * @param share of a core, e.g. 0.1
   * @param most how many nanoseconds can be saved up; it begins with as many
   */
  Share(double share, long most, long now) {
    this.share = share;
    this.most = most;
    this.saved = most;
    this.asOf = now;
  }

  void spend(long nanos, long now) {
    earn(now);
    saved -= nanos;
  }

  /** How long until at least so much is saved; 0 when it is. */
  long until(long wanted, long now) {
    earn(now);
    return saved >= wanted ? 0 : (long) Math.ceil((wanted - saved) / share);
  }

  private void earn(long now) {
    saved = (long) Math.min(most, saved + (now - asOf) * share);
    asOf = now;
  }
}
