// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.storm;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When incidents opening together are a storm.
 *
 * @param enabled whether a storm's incident speaks for the others; otherwise each pages for itself
 * @param opensPerMinute incidents opened within a minute on one partition, beyond which it is one:
 *     so many page for themselves
 */
public record StormSettings(
    @DefaultValue("true") boolean enabled, @DefaultValue("20") int opensPerMinute) {

  public static final StormSettings DEFAULT = new StormSettings(true, 20);

  public StormSettings {
    if (opensPerMinute < 1) {
      throw new IllegalArgumentException(
          "tocsin.detection.storm.opens-per-minute should be 1 or more: was " + opensPerMinute);
    }
  }
}
