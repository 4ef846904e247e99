// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a condition counts as flapping: so many turns within a time; and until when: that long
 * without one.
 */
public record FlappingSettings(
    @DefaultValue("5") int turns,
    @DefaultValue("1h") Duration within,
    @DefaultValue("10m") Duration quiet) {

  public static final FlappingSettings DEFAULT =
      new FlappingSettings(5, Duration.ofHours(1), Duration.ofMinutes(10));

  public FlappingSettings {
    // Each turn of a condition is remembered, so there may not be many; two are one firing.
    if (turns < 3 || turns > 100) {
      throw new IllegalArgumentException(
          "tocsin.detection.flapping.turns should be between 3 and 100: was " + turns);
    }
    Duration longest = IncidentSettings.LONGEST;
    if (!within.isPositive()
        || !quiet.isPositive()
        || within.compareTo(longest) > 0
        || quiet.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "tocsin.detection.flapping.within and .quiet should be more than 0s, at most %s: were %s and %s"
              .formatted(longest, within, quiet));
    }
  }
}
