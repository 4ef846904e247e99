// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.simulation;

import java.time.Duration;
import java.util.SplittableRandom;

/** Everything that happens by chance, from one seed. */
final class Chance {

  private final SplittableRandom random;
  private boolean fair;

  Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** From now on nothing goes wrong. */
  void clear() {
    fair = true;
  }

  /** Whether something goes wrong that does so in so many of a thousand cases. */
  boolean fault(int perThousand) {
    int drawn = random.nextInt(1_000);
    return !fair && drawn < perThousand;
  }

  boolean of(int perThousand) {
    return random.nextInt(1_000) < perThousand;
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  Duration millis(int least, int most) {
    return Duration.ofMillis(between(least, most));
  }
}
