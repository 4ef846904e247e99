// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.hold;

import dev.tocsin.schemas.setting.Setting;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.jspecify.annotations.Nullable;

/**
 * The windows of a rule of RFC 5545.
 *
 * <p>The rule is played on a clock that never changes, as if all of it were UTC, and what comes out
 * is read as the local time of the zone. Java's reading is the one the RFC asks for: a time that
 * daylight saving skips is an hour later, one that comes twice is the first. Each window is as long
 * as the first, by a stop-watch, as the RFC says of one given by its end.
 */
final class Recurring {

  static final Duration LONGEST = Duration.ofDays(7);

  private static final int LONGEST_RULE = 500;

  /** Of windows that overlap, the first ones are enough: the others are found when those end. */
  private static final int MOST_AT_ONCE = 50;

  private static final int LONGEST_INTERVAL = 400;
  private static final Set<Freq> FREQUENCIES =
      EnumSet.of(Freq.DAILY, Freq.WEEKLY, Freq.MONTHLY, Freq.YEARLY);

  private static final String RULE = "recurrence.rule";
  private static final String COMES_TRUE = "a rule that ever comes true after startsAt";

  private final Instant first;
  private final Duration length;
  private final String rule;
  private final ZoneId zone;

  private Recurring(Instant first, Duration length, String rule, ZoneId zone) {
    this.first = first;
    this.length = length;
    this.rule = rule;
    this.zone = zone;
  }

  static Recurring of(Window first, Setting.Recurrence recurrence) {
    Duration length = Duration.between(first.startsAt(), first.endsAt());
    if (length.compareTo(LONGEST) > 0) {
      throw new HoldFault(
          "endsAt",
          first.endsAt(),
          "at most %d days after startsAt, with a recurrence".formatted(LONGEST.toDays()));
    }
    String rule = recurrence.rule();
    Recurring recurring =
        new Recurring(
            first.startsAt(), length, isMissing(rule) ? "" : rule, zone(recurrence.timeZone()));
    recurring.check();
    return recurring;
  }

  private static ZoneId zone(@Nullable String name) {
    try {
      return ZoneId.of(name == null ? "" : name);
    } catch (DateTimeException e) {
      throw new HoldFault("recurrence.timeZone", name, "a time zone as Europe/Berlin or UTC");
    }
  }

  private static boolean isMissing(@Nullable Object member) {
    return member == null;
  }

  private void check() {
    if (rule.length() > LONGEST_RULE) {
      throw new HoldFault(RULE, rule, "a rule of at most %d characters".formatted(LONGEST_RULE));
    }
    try {
      RecurrenceRule read = read();
      if (!FREQUENCIES.contains(read.getFreq()) || read.getInterval() > LONGEST_INTERVAL) {
        throw new HoldFault(
            RULE,
            rule,
            "a rule with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY and an INTERVAL of at most "
                + LONGEST_INTERVAL);
      }
      if (windows(first, 1).isEmpty()) {
        throw new HoldFault(RULE, rule, COMES_TRUE);
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      // The search for a first time was given up, in words about the library's own parts.
      if (String.valueOf(e.getMessage()).startsWith("too many")) {
        throw new HoldFault(RULE, rule, COMES_TRUE);
      }
      throw unreadable(e);
    } catch (InvalidRecurrenceRuleException e) {
      throw unreadable(e);
    }
  }

  private HoldFault unreadable(Exception e) {
    return new HoldFault(
        RULE, rule, "an RRULE of RFC 5545 as FREQ=WEEKLY;BYDAY=SU (%s)".formatted(e.getMessage()));
  }

  private RecurrenceRule read() throws InvalidRecurrenceRuleException {
    RecurrenceRule read = new RecurrenceRule(rule, RfcMode.RFC5545_STRICT);
    DateTime until = read.getUntil();
    if (until != null) {
      read.setUntil(onPlainClock(until));
    }
    return read;
  }

  /** An UNTIL in UTC becomes local; a date lasts until its end. */
  private DateTime onPlainClock(DateTime until) {
    if (until.isAllDay()) {
      return new DateTime(
          DateTime.UTC, until.getYear(), until.getMonth(), until.getDayOfMonth(), 23, 59, 59);
    }
    long millis = until.getTimestamp();
    return new DateTime(
        DateTime.UTC, until.isFloating() ? millis : plain(Instant.ofEpochMilli(millis)));
  }

  /** The local time of an instant, as if it were UTC. */
  private long plain(Instant at) {
    return at.atZone(zone).toLocalDateTime().toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private Instant local(long plain) {
    return Instant.ofEpochMilli(plain)
        .atZone(ZoneOffset.UTC)
        .toLocalDateTime()
        .atZone(zone)
        .toInstant();
  }

  /**
   * The windows that an instant lies in, and then the next ones, so many of them or all there are.
   */
  List<Window> windows(Instant at, int next) {
    RecurrenceRuleIterator starts;
    try {
      starts = read().iterator(new DateTime(DateTime.UTC, plain(first)));
    } catch (InvalidRecurrenceRuleException e) {
      throw new IllegalStateException("a rule that was read before: " + rule, e);
    }
    // A day more than needed, since the plain clock may differ from the zone's by hours.
    Instant from = at.minus(length).minus(Duration.ofDays(1));
    if (from.isAfter(first)) {
      starts.fastForward(plain(from));
    }
    List<Window> found = new ArrayList<>();
    int ahead = 0;
    while (ahead < next && found.size() < next + MOST_AT_ONCE && starts.hasNext()) {
      Instant start = local(starts.nextMillis());
      Window window = new Window(start, start.plus(length));
      if (window.endsAt().isAfter(at)) {
        found.add(window);
        ahead += window.contains(at) ? 0 : 1;
      }
    }
    return found;
  }
}
