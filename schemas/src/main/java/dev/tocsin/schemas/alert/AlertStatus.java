// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.alert;

/** What the source says of the condition now. */
public enum AlertStatus {
  FIRING,
  RESOLVED
}
