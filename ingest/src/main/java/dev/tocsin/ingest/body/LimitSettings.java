// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.body;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large a message may be.
 *
 * @param body of the body, inflated, 1 KB to 4 MB: a dead letter has to hold it
 * @param compressed of the body when it comes compressed
 * @param ratio how many times larger than it came a body may get
 * @param headers of all header names and values together
 * @param alerts in one message
 * @param depth of objects and arrays in each other
 * @param tokens names, values and brackets
 * @param within time for the whole body to arrive
 */
public record LimitSettings(
    @DefaultValue("4MB") DataSize body,
    @DefaultValue("512KB") DataSize compressed,
    @DefaultValue("20") int ratio,
    @DefaultValue("16KB") DataSize headers,
    @DefaultValue("2000") int alerts,
    @DefaultValue("32") int depth,
    @DefaultValue("200000") int tokens,
    @DefaultValue("10s") Duration within) {

  private static final DataSize LARGEST_BODY = DataSize.ofMegabytes(4);

  /** What applies when nothing is configured. */
  public static final LimitSettings DEFAULT =
      new LimitSettings(
          LARGEST_BODY,
          DataSize.ofKilobytes(512),
          20,
          DataSize.ofKilobytes(16),
          2000,
          32,
          200_000,
          Duration.ofSeconds(10));

  public LimitSettings {
    require(
        body.compareTo(DataSize.ofKilobytes(1)) >= 0 && body.compareTo(LARGEST_BODY) <= 0,
        "body should be between 1KB and 4MB: was " + body.toBytes() + " bytes");
    require(compressed.toBytes() > 0, "compressed should be positive: was " + compressed);
    require(ratio > 0, "ratio should be positive: was " + ratio);
    require(
        headers.compareTo(DataSize.ofKilobytes(60)) <= 0,
        "headers should be at most 60KB, which is what the server reads: was " + headers);
    require(alerts > 0, "alerts should be positive: was " + alerts);
    require(depth >= 4, "depth should be at least 4, which every alert needs: was " + depth);
    require(within.isPositive(), "within should be positive: was " + within);
    require(tokens > 0, "tokens should be positive: was " + tokens);
  }

  private static void require(boolean right, String fault) {
    if (!right) {
      throw new IllegalArgumentException("tocsin.ingest.limits." + fault);
    }
  }
}
