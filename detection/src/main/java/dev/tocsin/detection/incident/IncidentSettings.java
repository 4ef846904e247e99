// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How alerts become incidents, and when incidents end by themselves.
 *
 * @param reopenWithin a group that fires again this soon after its incident was resolved opens the
 *     same incident again
 * @param notARecoveryAfter how long a condition stays after its source took it back for a reason
 *     that is no recovery
 * @param expireAfter how long a condition stays whose source says nothing of it any more
 * @param releaseAfter how long what an alert inhibited is held back after that alert is over
 * @param remembered how many ended conditions of a group are known again when a report of them
 *     comes late
 */
public record IncidentSettings(
    @DefaultValue("10m") Duration reopenWithin,
    @DefaultValue("15m") Duration notARecoveryAfter,
    @DefaultValue("24h") Duration expireAfter,
    @DefaultValue("1m") Duration releaseAfter,
    @DefaultValue("1000") int remembered) {

  public static final IncidentSettings DEFAULT =
      new IncidentSettings(
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofHours(24),
          Duration.ofMinutes(1),
          1000);

  private static final String PREFIX = "tocsin.detection.incident.";

  public IncidentSettings {
    if (reopenWithin.isNegative()) {
      throw new IllegalArgumentException(
          PREFIX + "reopen-within should be 0s or more: was " + reopenWithin);
    }
    if (!notARecoveryAfter.isPositive()) {
      throw new IllegalArgumentException(
          PREFIX + "not-a-recovery-after should be more than 0s: was " + notARecoveryAfter);
    }
    if (!expireAfter.isPositive()) {
      throw new IllegalArgumentException(
          PREFIX + "expire-after should be more than 0s: was " + expireAfter);
    }
    if (releaseAfter.isNegative()) {
      throw new IllegalArgumentException(
          PREFIX + "release-after should be 0s or more: was " + releaseAfter);
    }
    if (remembered < 1 || remembered > 100_000) {
      throw new IllegalArgumentException(
          PREFIX + "remembered should be between 1 and 100000: was " + remembered);
    }
  }
}
