// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.incident.IncidentSettings;
import dev.tocsin.detection.storm.StormSettings;

/** Settings that remember little: a driver flushes its stores after each record. */
final class SmallSettings {

  private SmallSettings() {}

  static DetectionSettings of(DetectionSettings s) {
    IncidentSettings i = s.incident();
    return new DetectionSettings(
        s.port(),
        null,
        null,
        s.org(),
        s.groupLabels(),
        s.queries(),
        new IncidentSettings(
            i.reopenWithin(), i.notARecoveryAfter(), i.expireAfter(), i.releaseAfter(), 8),
        s.flapping(),
        new StormSettings(true, 6),
        s.anomaly(),
        s.correlation());
  }
}
