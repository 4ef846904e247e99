// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.anomaly.AnomalySettings;
import dev.tocsin.detection.incident.IncidentSettings;
import dev.tocsin.detection.storm.StormSettings;

/** Settings that remember little: a driver flushes its stores after each record. */
final class SmallSettings {

  private SmallSettings() {}

  static DetectionSettings of(DetectionSettings s) {
    return of(s, s.anomaly().series());
  }

  /**
   * @param series that are known at a time
   */
  static DetectionSettings of(DetectionSettings s, int series) {
    AnomalySettings a = s.anomaly();
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
        new AnomalySettings(a.opensIncidents(), a.severity(), a.threshold(), series),
        s.correlation());
  }
}
