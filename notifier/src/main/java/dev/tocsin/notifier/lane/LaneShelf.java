// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import org.jspecify.annotations.Nullable;

/** Where records of one kind lie by key: a shelf of the state store, without its library. */
interface LaneShelf {

  byte @Nullable [] get(String key);

  /** Null takes away what was there. */
  void put(String key, byte @Nullable [] value);
}
