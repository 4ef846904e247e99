// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Which of the series that a Prometheus pushes are watched, and how much of them is read at a time.
 *
 * @param series those that are; the first that matches counts, and what none matches is left out
 * @param mostSeries how many are known at a time: further ones are counted and left out
 * @param compressed bytes of a message as it comes
 * @param body bytes of a message, inflated
 * @param samples in one message, and series, and symbols
 */
public record PushSettings(
    @DefaultValue List<PushedSeries> series,
    @DefaultValue("10000") int mostSeries,
    @DefaultValue("1MB") DataSize compressed,
    @DefaultValue("4MB") DataSize body,
    @DefaultValue("50000") int samples) {

  private static final DataSize LARGEST = DataSize.ofMegabytes(8);
  private static final String PREFIX = "tocsin.ingest.push.";

  public PushSettings {
    require(mostSeries > 0, "most-series should be 1 or more: was " + mostSeries);
    require(samples > 0, "samples should be 1 or more: was " + samples);
    require(
        body.toBytes() > 0 && body.compareTo(LARGEST) <= 0,
        "body should be from 1B to 8MB: was " + body.toBytes() + " bytes");
    require(
        compressed.toBytes() > 0 && compressed.compareTo(body) <= 0,
        "compressed should be from 1B to body: was " + compressed.toBytes() + " bytes");
  }

  private static void require(boolean right, String fault) {
    if (!right) {
      throw new IllegalArgumentException(PREFIX + fault);
    }
  }
}
