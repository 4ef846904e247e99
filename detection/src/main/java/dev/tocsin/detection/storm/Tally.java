// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.storm;

import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;
import java.util.List;

/**
 * What is known of one storm.
 *
 * @param since when it began: with its partition, its identity
 * @param worst how bad the worst incident of it was
 * @param incidents how many opened in it so far, those before it was known for one included
 * @param open how many of those it speaks for are not over
 * @param first the first few that opened
 */
record Tally(Instant since, Severity worst, int incidents, int open, List<Opening> first) {

  Tally plus(Opening opening) {
    return new Tally(
        since,
        worse(opening.severity()) ? opening.severity() : worst,
        incidents + 1,
        open + 1,
        first);
  }

  Tally raised(Severity to) {
    return new Tally(since, worse(to) ? to : worst, incidents, open, first);
  }

  Tally lessOne() {
    return new Tally(since, worst, incidents, Math.max(0, open - 1), first);
  }

  boolean worse(Severity severity) {
    return severity.isWorseThan(worst);
  }
}
