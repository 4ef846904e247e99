// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import dev.tocsin.schemas.alert.Severity;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a metric is off its band, and what is made of it.
 *
 * @param opensIncidents whether an anomaly opens an incident where none is open in its group
 * @param severity how bad such an incident is: WARNING or INFO, since nobody said that it hurts
 * @param threshold the score from which a sample is off its band: 0.5, less for more of them
 * @param series how many of them are known at a time, on each partition, of those that were heard
 *     of within thirty days: further ones are counted and not judged; and as many of those that
 *     have a limit are forecast
 */
public record AnomalySettings(
    @DefaultValue("true") boolean opensIncidents,
    @DefaultValue("WARNING") Severity severity,
    @DefaultValue("0.5") double threshold,
    @DefaultValue("100000") int series) {

  public static final AnomalySettings DEFAULT =
      new AnomalySettings(true, Severity.WARNING, Detector.ORDINARY, 100_000);

  private static final double LEAST = 0.4;
  private static final double MOST = 0.7;
  private static final String PREFIX = "tocsin.detection.anomaly.";

  public AnomalySettings {
    if (severity.isWorseThan(Severity.WARNING)) {
      throw new IllegalArgumentException(
          PREFIX + "severity should be WARNING or INFO: was " + severity);
    }
    if (!(threshold >= LEAST && threshold <= MOST)) {
      throw new IllegalArgumentException(
          "%sthreshold should be from %s to %s: was %s".formatted(PREFIX, LEAST, MOST, threshold));
    }
    if (series < 1) {
      throw new IllegalArgumentException(PREFIX + "series should be 1 or more: was " + series);
    }
  }
}
