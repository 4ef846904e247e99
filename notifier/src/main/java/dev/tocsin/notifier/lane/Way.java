// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

/** Whether there is a way out of a lane to its endpoint. */
sealed interface Way {

  record Open() implements Way {}

  /** Not now: what is planned waits. */
  record Held(String why) implements Way {}

  /** There is none, since the channel is off: what is planned is cancelled. */
  record Closed(String why) implements Way {}
}
