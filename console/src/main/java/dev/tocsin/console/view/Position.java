// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the view has read. It is current from the moment it has read all there was when it
 * started.
 */
public final class Position {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private boolean current;
  private long lag = -1;

  void reached(Map<TopicPartition, Long> offsets, long lag, boolean current) {
    lock.lock();
    try {
      next.putAll(offsets);
      this.lag = lag;
      this.current = current;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The view is built anew. */
  void lost() {
    lock.lock();
    try {
      next.clear();
      lag = -1;
      current = false;
    } finally {
      lock.unlock();
    }
  }

  public boolean isCurrent() {
    lock.lock();
    try {
      return current;
    } finally {
      lock.unlock();
    }
  }

  /** Records not read yet; -1 while nobody knows. */
  public long lag() {
    lock.lock();
    try {
      return lag;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a record is part of the view; false when that takes too long. */
  public boolean awaitRead(String topic, int partition, long offset, long millis) {
    TopicPartition where = new TopicPartition(topic, partition);
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lock();
    try {
      while (next.getOrDefault(where, 0L) <= offset) {
        if (left <= 0) {
          return false;
        }
        left = moved.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
