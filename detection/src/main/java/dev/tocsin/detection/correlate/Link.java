// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import dev.tocsin.schemas.incident.Relation;
import java.util.List;

/**
 * That two incidents have to do with each other: the same from both ends.
 *
 * @param reasons the strongest first
 */
record Link(double confidence, List<Relation.Reason> reasons) {

  /** Whether one of them is the storm that speaks for the other. */
  boolean isStorm() {
    return reasons.stream().anyMatch(reason -> reason.kind() == Relation.Kind.STORM);
  }
}
