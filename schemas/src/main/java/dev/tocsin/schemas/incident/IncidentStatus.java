// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.incident;

/**
 * Where an incident is on its way: OPEN, ACKNOWLEDGED, RESOLVED; and back to OPEN when reopened.
 */
public enum IncidentStatus {
  OPEN,
  ACKNOWLEDGED,
  RESOLVED
}
