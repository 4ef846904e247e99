// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A bounded piece of work that is done over and over, on a thread of its own. */
interface Round extends AutoCloseable {

  /** What people hear of it when it stops working. */
  String about();

  /**
   * Does it once.
   *
   * @return how long to wait before the next
   */
  Duration next() throws InterruptedException, ExecutionException, TimeoutException;

  /** How long to wait when it failed. */
  Duration afterFailure();

  @Override
  void close();
}
