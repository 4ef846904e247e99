// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.deadletter;

import dev.tocsin.console.problem.Refusal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters to act on, all at once: at least one member of the query has to say something.
 *
 * @param topic where they were read
 * @param cause a part of the cause
 * @param reason why they go, when they are dropped
 * @param dryRun true counts them and does nothing
 * @param limit at most so many; the rest waits for the next request
 */
record Bulk(
    @Nullable String service,
    @Nullable String topic,
    @Nullable String cause,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable String reason,
    @Nullable Boolean dryRun,
    @Nullable Integer limit) {

  private static final int MOST = 1_000;
  private static final int LONGEST_REASON = 500;
  private static final int NAMED = 20;

  /**
   * What came of it.
   *
   * @param matched those that wait and match
   * @param done those acted on: none in a dry run
   * @param left those that match and could still be acted on
   * @param impossible those that match and came from no topic: they cannot be replayed
   * @param first the ids of the first that match and can be acted on
   */
  record Answer(int matched, int done, int left, int impossible, List<String> first) {

    static Answer of(int matched, List<Letter.Summary> possible, List<Letter.Summary> done) {
      return new Answer(
          matched,
          done.size(),
          possible.size() - done.size(),
          matched - possible.size(),
          possible.stream().limit(NAMED).map(Letter.Summary::id).toList());
    }
  }

  Query query() {
    boolean anyCause = cause == null || cause.isBlank();
    if (service == null && topic == null && anyCause && since == null && until == null) {
      throw Refusal.parameter(
          "body", null, "at least one of service, topic, cause, since and until");
    }
    return new Query(service, topic, cause, since, until);
  }

  /** Those to act on now. */
  List<Letter.Summary> share(List<Letter.Summary> matching) {
    int most = limit == null ? MOST : limit;
    if (most < 1 || most > MOST) {
      throw Refusal.parameter("limit", most, "a number from 1 to " + MOST);
    }
    return Boolean.TRUE.equals(dryRun)
        ? List.of()
        : matching.subList(0, Math.min(most, matching.size()));
  }

  static String reason(@Nullable String reason) {
    if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw Refusal.parameter(
          "reason", reason, "why, in 1 to %d characters".formatted(LONGEST_REASON));
    }
    return reason.strip();
  }
}
