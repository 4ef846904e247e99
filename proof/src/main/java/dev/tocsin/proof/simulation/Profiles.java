// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.simulation;

import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.channel.LaneProfile.AfterUnknown;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Lanes as the real channels ask for them, with the same leases. */
final class Profiles {

  private static final LaneProfile PAGERDUTY =
      new LaneProfile(
          16, 110, Duration.ofSeconds(20), pauses(1, 2, 5, 10, 30), AfterUnknown.REPEAT);

  private static final LaneProfile JIRA =
      new LaneProfile(4, 0, Duration.ofSeconds(60), pauses(2, 5, 15, 30, 60), AfterUnknown.PROBE);

  private static final LaneProfile WEBHOOK =
      new LaneProfile(4, 0, Duration.ofSeconds(40), pauses(5, 60, 300, 300), AfterUnknown.REPEAT);

  private Profiles() {}

  static LaneProfile of(String endpoint) {
    if (endpoint.startsWith("pagerduty/")) {
      return PAGERDUTY;
    }
    return endpoint.startsWith("jira/") ? JIRA : WEBHOOK;
  }

  /** These, and then five minutes for long. */
  private static List<Duration> pauses(Integer... seconds) {
    return Stream.concat(
            Stream.of(seconds).map(Duration::ofSeconds),
            Stream.generate(() -> Duration.ofMinutes(5)).limit(200))
        .toList();
  }
}
