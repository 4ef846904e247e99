// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import java.util.LinkedHashMap;
import java.util.Map;

/** Memories of bounded size, which lose what came first. */
final class Recent {

  private Recent() {}

  static <V> Map<String, V> map(int most) {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
      }
    };
  }
}
