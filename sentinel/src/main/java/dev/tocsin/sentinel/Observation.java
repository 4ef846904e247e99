// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.sentinel;

/** What one look at the watched program's health showed. */
sealed interface Observation {

  /** It answered that it is well. */
  record Healthy() implements Observation {}

  /** It answered otherwise, or not at all; the detail says which. */
  record Unhealthy(String detail) implements Observation {}
}
