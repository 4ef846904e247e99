// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.storm;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When incidents opening together are a storm.
 *
 * @param enabled whether a storm's incident speaks for the others; otherwise each pages for itself
 * @param opensPerMinute incidents opened within a minute, beyond which it is one: so many page for
 *     themselves. Where partitions share them, see {@link #opensOnOneOf}
 */
public record StormSettings(
    @DefaultValue("true") boolean enabled, @DefaultValue("20") int opensPerMinute) {

  public static final StormSettings DEFAULT = new StormSettings(true, 20);

  /** That many open together any day: no limit is lower, but one that is set so. */
  static final int FEWEST = 3;

  public StormSettings {
    if (opensPerMinute < 1) {
      throw new IllegalArgumentException(
          "tocsin.detection.storm.opens-per-minute should be 1 or more: was " + opensPerMinute);
    }
  }

  /**
   * How many on one of so many partitions are as unusual: its share of all, and two standard
   * deviations of how a Poisson count may miss that by chance. Only there are they known at once.
   */
  public int opensOnOneOf(int partitions) {
    double share = (double) opensPerMinute / partitions;
    int unusual = (int) Math.ceil(share + 2 * Math.sqrt(share));
    return Math.min(opensPerMinute, Math.max(FEWEST, unusual));
  }
}
