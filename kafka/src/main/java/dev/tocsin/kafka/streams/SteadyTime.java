// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.streams;

import dev.tocsin.kafka.clock.SteadyClock;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Time;

/**
 * The time of a topology: its processors' {@code now}, its punctuations and its commits. By the
 * machine's clock, all of these would stand still for as long as that is set back by.
 */
final class SteadyTime implements Time {

  private final SteadyClock clock;

  SteadyTime(SteadyClock clock) {
    this.clock = clock;
  }

  @Override
  public long milliseconds() {
    return clock.millis();
  }

  @Override
  public long nanoseconds() {
    return System.nanoTime();
  }

  @Override
  public void sleep(long millis) {
    SYSTEM.sleep(millis);
  }

  @Override
  public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMillis)
      throws InterruptedException {
    synchronized (object) {
      while (!condition.get()) {
        long left = deadlineMillis - milliseconds();
        if (left <= 0) {
          throw new TimeoutException("not true in time");
        }
        object.wait(left);
      }
    }
  }
}
