// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import dev.tocsin.schemas.alert.Severity;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a metric is off its band, and what is made of it.
 *
 * @param opensIncidents whether an anomaly opens an incident where none is open in its group
 * @param severity how bad such an incident is: WARNING or INFO, since nobody said that it hurts
 * @param threshold the score from which a sample is off its band
 */
public record AnomalySettings(
    @DefaultValue("true") boolean opensIncidents,
    @DefaultValue("WARNING") Severity severity,
    @DefaultValue("0.999") double threshold) {

  public static final AnomalySettings DEFAULT = new AnomalySettings(true, Severity.WARNING, 0.999);

  private static final String PREFIX = "tocsin.detection.anomaly.";

  public AnomalySettings {
    if (severity.isWorseThan(Severity.WARNING)) {
      throw new IllegalArgumentException(
          PREFIX + "severity should be WARNING or INFO: was " + severity);
    }
    if (!(threshold >= 0.9 && threshold < 1)) {
      throw new IllegalArgumentException(
          PREFIX + "threshold should be at least 0.9 and less than 1: was " + threshold);
    }
  }
}
