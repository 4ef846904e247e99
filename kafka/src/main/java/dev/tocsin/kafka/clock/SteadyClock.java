// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.clock;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock to measure by: it begins with the machine's, never jumps, and never goes back.
 *
 * <p>A machine's clock is set now and then. What was to wait for two minutes has not waited for
 * them when it is set on by five, and a timer for the next second is five minutes away when it is
 * set back. So time is taken from the counter that no setting touches, and what the two differ by
 * is made up for slowly: a measured minute is at most three seconds off, and five minutes are made
 * up for in under two hours.
 */
public final class SteadyClock implements InstantSource {

  /** The one clock of this process: whatever is timed here is timed by the same. */
  public static final SteadyClock OF_THIS_PROCESS =
      new SteadyClock(InstantSource.system(), System::nanoTime);

  private static final int SLOWLY = 20;
  private static final long NANOS = 1_000_000;

  private final InstantSource machine;
  private final LongSupplier counter;
  private long counted;
  private long epochNanos;

  /**
   * @param machine the machine's clock
   * @param counter of nanoseconds, from anywhere
   */
  public SteadyClock(InstantSource machine, LongSupplier counter) {
    this.machine = machine;
    this.counter = counter;
    this.counted = counter.getAsLong();
    this.epochNanos = machine.millis() * NANOS;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public synchronized long millis() {
    long now = counter.getAsLong();
    long passed = now - counted;
    long most = passed / SLOWLY;
    long apart = machine.millis() * NANOS - (epochNanos + passed);
    counted = now;
    // The machine's clock is read in whole milliseconds: less than one is no difference.
    epochNanos += passed + (Math.abs(apart) < NANOS ? 0 : Math.clamp(apart, -most, most));
    return epochNanos / NANOS;
  }
}
