// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.oracle;

import dev.tocsin.proof.history.Entry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** How many calls a receiver saw in the minute in which it saw the most, wherever that began. */
public final class BusiestMinute {

  private BusiestMinute() {}

  /**
   * @param calls in the order in which they came
   */
  public static int of(List<? extends Entry.Call> calls) {
    Deque<Instant> minute = new ArrayDeque<>();
    int most = 0;
    for (Entry.Call call : calls) {
      minute.add(call.at());
      while (!minute.element().isAfter(call.at().minusSeconds(60))) {
        minute.remove();
      }
      most = Math.max(most, minute.size());
    }
    return most;
  }
}
