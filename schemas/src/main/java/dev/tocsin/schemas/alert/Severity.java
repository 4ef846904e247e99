// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.alert;

/** How bad it is, from the alert: the first is the worst. */
public enum Severity {
  CRITICAL,
  ERROR,
  WARNING,
  INFO;

  public boolean isWorseThan(Severity other) {
    return compareTo(other) < 0;
  }
}
