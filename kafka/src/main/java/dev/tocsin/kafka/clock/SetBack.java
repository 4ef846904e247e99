// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.clock;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Notices that the machine's clock was set back, when asked often.
 *
 * <p>It matters to Kafka's clients. They measure by the machine's clock and keep the latest time
 * they have seen: after it was set back by five minutes a consumer neither beats nor returns from a
 * poll for five minutes, and its group gives its partitions away.
 */
public final class SetBack {

  /** How often to ask. */
  public static final Duration EVERY = Duration.ofMillis(250);

  /** Consumers beat each second, and have six: less than this does not hurt them. */
  private static final Duration TOO_FAR = Duration.ofSeconds(1);

  private final InstantSource machine;
  private final LongSupplier counter;
  private long aheadMillis;

  public SetBack() {
    this(InstantSource.system(), System::nanoTime);
  }

  public SetBack(InstantSource machine, LongSupplier counter) {
    this.machine = machine;
    this.counter = counter;
    this.aheadMillis = ahead();
  }

  /** Whether it was since this was last asked. */
  public boolean happened() {
    long before = aheadMillis;
    aheadMillis = ahead();
    return aheadMillis < before - TOO_FAR.toMillis();
  }

  private long ahead() {
    return machine.millis() - counter.getAsLong() / 1_000_000;
  }
}
