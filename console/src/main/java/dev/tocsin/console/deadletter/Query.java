// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.deadletter;

import dev.tocsin.console.problem.Refusal;
import dev.tocsin.schemas.topic.Topics;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant; null members let all through.
 *
 * @param topic where they were read; {@code http} for what came in over HTTP
 * @param cause a part of the cause, in any case
 * @param since set aside then or later
 * @param until set aside before then
 */
record Query(
    @Nullable String service,
    @Nullable String topic,
    @Nullable String cause,
    @Nullable Instant since,
    @Nullable Instant until)
    implements Predicate<Letter.Summary> {

  Query {
    if (service != null && !Topics.DEAD_LETTER_SERVICES.contains(service)) {
      throw Refusal.parameter(
          "service", service, "one of " + String.join(", ", Topics.DEAD_LETTER_SERVICES));
    }
    if (since != null && until != null && !since.isBefore(until)) {
      throw Refusal.parameter("until", until, "later than since, which is " + since);
    }
  }

  @Override
  public boolean test(Letter.Summary letter) {
    return (service == null || service.equals(letter.service()))
        && (topic == null || topic.equals(letter.origin()))
        && (cause == null || lower(letter.cause()).contains(lower(cause)))
        && (since == null || !letter.at().isBefore(since))
        && (until == null || letter.at().isBefore(until));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
