// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.setting;

import dev.tocsin.console.problem.Refusal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Changes of one setting, or of how many there are of a kind, one after the other. Each begins when
 * the view shows the one before it, so that none is made from what another has changed already.
 */
final class Turn {

  private static final long LONGEST_WAIT_SECONDS = 5;
  private static final int COME_AGAIN_SECONDS = 2;

  private final ReentrantLock lock = new ReentrantLock();

  /** What was written last, while the view does not show it. */
  private volatile @Nullable RecordMetadata unseen;

  /**
   * @param awaitSeen whether the view shows a record, after a wait
   */
  <T> T take(Predicate<RecordMetadata> awaitSeen, Supplier<T> change) {
    if (!begin()) {
      throw Refusal.unavailable("another change is being made; ask again", COME_AGAIN_SECONDS);
    }
    try {
      RecordMetadata before = unseen;
      if (before != null && !awaitSeen.test(before)) {
        throw Refusal.unavailable(
            "the change before this one is not visible yet; ask again", COME_AGAIN_SECONDS);
      }
      unseen = null;
      return change.get();
    } finally {
      lock.unlock();
    }
  }

  void unseen(RecordMetadata written) {
    unseen = written;
  }

  private boolean begin() {
    try {
      return lock.tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
