// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.delivery;

import dev.tocsin.console.problem.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which dead deliveries to send again, all at once: at least one member of the query has to say
 * something.
 *
 * @param cause a part of why they were given up
 * @param since given up then or later
 * @param until given up before then
 * @param dryRun true counts them and does nothing
 * @param limit at most so many; the rest waits for the next request
 */
record Again(
    @Nullable String channel,
    @Nullable String endpoint,
    @Nullable String cause,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable Boolean dryRun,
    @Nullable Integer limit)
    implements Predicate<DeliverySummary> {

  private static final int MOST = 1_000;
  private static final int NAMED = 20;

  /**
   * What came of it.
   *
   * @param matched those that are dead and match
   * @param done those that are sent again: none in a dry run
   * @param left those that are not
   * @param first the ids of the first that match
   */
  record Answer(int matched, int done, int left, List<String> first) {

    static Answer of(List<DeliverySummary> matching, List<DeliverySummary> done) {
      return new Answer(
          matching.size(),
          done.size(),
          matching.size() - done.size(),
          matching.stream().limit(NAMED).map(DeliverySummary::id).toList());
    }
  }

  @Override
  public boolean test(DeliverySummary delivery) {
    return (channel == null || channel.equals(delivery.channel()))
        && (endpoint == null || endpoint.equals(delivery.endpoint()))
        && (cause == null || lower(delivery.detail()).contains(lower(cause)))
        && (since == null || !delivery.at().isBefore(since))
        && (until == null || delivery.at().isBefore(until));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  void check() {
    boolean anyCause = cause == null || cause.isBlank();
    if (channel == null && endpoint == null && anyCause && since == null && until == null) {
      throw Refusal.parameter(
          "body", null, "at least one of channel, endpoint, cause, since and until");
    }
    if (since != null && until != null && !since.isBefore(until)) {
      throw Refusal.parameter("until", until, "later than since, which is " + since);
    }
    if (limit != null && (limit < 1 || limit > MOST)) {
      throw Refusal.parameter("limit", limit, "a number from 1 to " + MOST);
    }
  }

  /** Those to send again now. */
  List<DeliverySummary> share(List<DeliverySummary> matching) {
    int most = limit == null ? MOST : limit;
    return Boolean.TRUE.equals(dryRun)
        ? List.of()
        : matching.subList(0, Math.min(most, matching.size()));
  }
}
