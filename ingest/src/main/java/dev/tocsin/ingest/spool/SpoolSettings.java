// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.spool;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * When a message goes to disk, and how much may wait there.
 *
 * @param after how long Kafka may take to confirm a message before the disk has to
 * @param max bytes of all sources together
 */
public record SpoolSettings(
    @DefaultValue("250ms") Duration after, @DefaultValue("1GB") DataSize max) {

  private static final DataSize LEAST = DataSize.ofKilobytes(64);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  public SpoolSettings {
    if (after.isNegative() || after.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "tocsin.ingest.spool.after should be between 0 and 5s, when the producer gives up: was "
              + after);
    }
    if (max.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          "tocsin.ingest.spool.max should be at least 64KB: was " + max.toBytes() + " bytes");
    }
  }
}
