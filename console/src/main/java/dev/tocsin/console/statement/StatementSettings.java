// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.statement;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a day ends and is stated.
 *
 * @param timeZone where the midnight is that ends a day
 * @param settleAfter how long after midnight it is looked what became of the day's alerts and
 *     effects
 */
@ConfigurationProperties(prefix = "tocsin.statements", ignoreUnknownFields = false)
public record StatementSettings(
    @DefaultValue("UTC") ZoneId timeZone, @DefaultValue("10m") Duration settleAfter) {

  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofHours(12);

  /** Beyond this, no transaction is open that began before, and clocks differ by less. */
  static final Duration QUIET = Duration.ofSeconds(30);

  public StatementSettings {
    if (settleAfter.compareTo(LEAST) < 0 || settleAfter.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "tocsin.statements.settle-after should be between %s and %s: was %s"
              .formatted(LEAST, MOST, settleAfter));
    }
  }

  Instant begins(LocalDate day) {
    return day.atStartOfDay(timeZone).toInstant();
  }

  LocalDate dayOf(Instant at) {
    return at.atZone(timeZone).toLocalDate();
  }

  Instant settles(LocalDate day) {
    return begins(day.plusDays(1)).plus(settleAfter);
  }

  boolean isDue(LocalDate day, Instant now) {
    return !now.isBefore(settles(day).plus(QUIET));
  }
}
