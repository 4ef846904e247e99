// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.sentinel;

import dev.tocsin.notifier.channel.Channel;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * Where beats end: it takes them and calls nobody. That one arrives here says that lanes, workers
 * and their topics are alive.
 */
public final class SentinelChannel implements Channel {

  private static final Duration LEASE = Duration.ofSeconds(30);

  /** Nobody asks for a beat again, and there is one every 15 seconds. */
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  @Override
  public String name() {
    return "sentinel";
  }

  /** A beat that failed is not tried again: the next one is on its way. */
  @Override
  public LaneProfile profile() {
    return new LaneProfile(4, 0, LEASE, List.of(), LaneProfile.AfterUnknown.REPEAT)
        .remembering(REMEMBERED);
  }

  @Override
  public Outcome send(Attempt attempt) {
    return new Outcome.Delivered("heard");
  }

  @Override
  public Outcome probe(Attempt attempt) {
    return new Outcome.Absent();
  }
}
