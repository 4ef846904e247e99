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

  /** What happened to an incident is kept for so long, so nothing waits longer. */
  static final Duration LONGEST = Duration.ofDays(90);

  private static final Duration SHORTEST = Duration.ofMillis(1);

  public static final IncidentSettings DEFAULT =
      new IncidentSettings(
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofHours(24),
          Duration.ofMinutes(1),
          1000);

  private static final String PREFIX = "tocsin.detection.incident.";

  public IncidentSettings {
    between(reopenWithin, Duration.ZERO, "reopen-within");
    between(notARecoveryAfter, SHORTEST, "not-a-recovery-after");
    between(expireAfter, SHORTEST, "expire-after");
    between(releaseAfter, Duration.ZERO, "release-after");
    if (remembered < 1 || remembered > 100_000) {
      throw new IllegalArgumentException(
          PREFIX + "remembered should be between 1 and 100000: was " + remembered);
    }
  }

  private static void between(Duration given, Duration least, String name) {
    if (given.compareTo(least) < 0 || given.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s%s should be from %s to %s: was %s".formatted(PREFIX, name, least, LONGEST, given));
    }
  }
}
