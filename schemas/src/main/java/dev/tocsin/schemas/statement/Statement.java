// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.statement;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one day came to, sealed to the day before. Members are declared in the order of their names
 * and maps are sorted, so that its JSON is canonical as it is written (RFC 8785).
 *
 * @param counted by topic, the records that belong to this day. They follow on those of the day
 *     before, so that nothing lies between
 * @param day the day, {@code 2026-11-28}: the key of its record
 * @param deadLetters by service
 * @param effects by channel, those planned on this day
 * @param followed by topic, the records in which it was looked what became of them: up to {@code
 *     settledAt}, and so beyond the day's end
 * @param from when the day began
 * @param hash SHA-256 of the canonical JSON of all other members, in hex
 * @param incidents events of incidents by type: opened, reopened, resolved
 * @param previous the hash of the statement of the day before; null for the first of all
 * @param settledAt until when outcomes and deliveries were looked for
 * @param to when the day ended
 * @param unexplained alerts without an outcome and effects without a delivery, of this day and of
 *     those before, the longest waiting first; should be empty
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Statement(
    Alerts alerts,
    Map<String, List<Span>> counted,
    String day,
    Map<String, Letters> deadLetters,
    Map<String, Effects> effects,
    Map<String, List<Span>> followed,
    Instant from,
    String hash,
    Map<String, Long> incidents,
    @Nullable String previous,
    Instant settledAt,
    Instant to,
    List<Unexplained> unexplained) {

  /** More are counted, not named. */
  public static final int MOST_NAMED = 1_000;

  public Statement {
    counted = new TreeMap<>(counted);
    deadLetters = new TreeMap<>(deadLetters);
    effects = new TreeMap<>(effects);
    followed = new TreeMap<>(followed);
    incidents = new TreeMap<>(incidents);
  }

  /**
   * {@code accepted} is the sum of all outcomes and {@code unexplained}.
   *
   * @param accepted alerts that came in on this day; one that was written twice is one
   */
  public record Alerts(long accepted, Map<String, Long> outcomes, long unexplained) {

    public Alerts {
      outcomes = new TreeMap<>(outcomes);
    }

    public boolean balances() {
      return accepted == outcomes.values().stream().mapToLong(Long::longValue).sum() + unexplained;
    }
  }

  /** {@code planned = cancelled + dead + done + pending + unexplained}, as they were settled. */
  public record Effects(
      long cancelled, long dead, long done, long pending, long planned, long unexplained) {

    public boolean balances() {
      return planned == cancelled + dead + done + pending + unexplained;
    }
  }

  /** What was set aside on this day, and what people did on it with letters of any day. */
  public record Letters(long dropped, long replayed, long setAside) {}

  /**
   * Records of one partition.
   *
   * @param from the offset of the first
   * @param to the offset behind the last
   */
  public record Span(long from, int partition, long to) {}

  /** What nothing was heard of. */
  public record Unexplained(String id, Kind kind, Instant since) {

    /** What it is that is unexplained. */
    public enum Kind {
      ALERT,
      EFFECT
    }
  }

  /** The same with another hash. */
  public Statement with(String hash) {
    return new Statement(
        alerts,
        counted,
        day,
        deadLetters,
        effects,
        followed,
        from,
        hash,
        incidents,
        previous,
        settledAt,
        to,
        unexplained);
  }
}
