// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.sentinel;

/**
 * What PagerDuty is to be told. The dedup key is constant over an outage, so repeats are dropped.
 */
sealed interface Page {

  /** Wake somebody. */
  record Trigger(String dedupKey, String summary) implements Page {}

  /** It is over. */
  record Resolve(String dedupKey) implements Page {}

  String dedupKey();
}
