// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.hold;

import dev.tocsin.schemas.setting.Setting;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A silence that can be asked. Any thread may. */
public final class SilenceRule {

  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int LONGEST_REASON = 1_000;

  /** What a calendar has: farther away, times are no milliseconds any more. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final Setting.Silence silence;
  private final Matchers matchers;
  private final @Nullable Recurring recurring;

  /** What is known of the time around the last question: rules cost microseconds to play. */
  private volatile Known known = new Known(Instant.MAX, Instant.MAX, null);

  /**
   * @param window the one that this stretch of time lies in; null when it lies between two
   */
  private record Known(Instant from, Instant to, @Nullable Window window) {

    boolean covers(Instant at) {
      return !at.isBefore(from) && at.isBefore(to);
    }
  }

  /** Where a silence stands. */
  public enum State {
    /** Its time, or its next time, is still to come. */
    PENDING,
    ACTIVE,
    EXPIRED
  }

  private SilenceRule(Setting.Silence silence, Matchers matchers, @Nullable Recurring recurring) {
    this.silence = silence;
    this.matchers = matchers;
    this.recurring = recurring;
  }

  /** Throws a {@link HoldFault} when it means nothing. */
  public static SilenceRule of(Setting.Silence silence) {
    Matchers matchers = Matchers.of("matchers", silence.matchers());
    if (matchers.matchAnything()) {
      throw new HoldFault(
          "matchers",
          Matchers.text(silence.matchers()),
          "matchers of which at least one does not match an empty label, or all would be silent");
    }
    refuseBeyondCalendars("startsAt", silence.startsAt());
    refuseBeyondCalendars("endsAt", silence.endsAt());
    if (!silence.endsAt().isAfter(silence.startsAt())) {
      throw new HoldFault(
          "endsAt",
          silence.endsAt(),
          "after startsAt, " + silence.startsAt().truncatedTo(ChronoUnit.SECONDS));
    }
    Window first = new Window(silence.startsAt(), silence.endsAt());
    Setting.Recurrence recurrence = silence.recurrence();
    if (recurrence == null
        && Duration.between(first.startsAt(), first.endsAt()).compareTo(LONGEST) > 0) {
      throw new HoldFault(
          "endsAt", silence.endsAt(), "at most %d days after startsAt".formatted(LONGEST.toDays()));
    }
    if (silence.reason().isBlank() || silence.reason().length() > LONGEST_REASON) {
      throw new HoldFault(
          "reason", silence.reason(), "text of 1 to %d characters".formatted(LONGEST_REASON));
    }
    return new SilenceRule(
        silence, matchers, recurrence == null ? null : Recurring.of(first, recurrence));
  }

  private static void refuseBeyondCalendars(String place, Instant at) {
    if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
      throw new HoldFault(place, at, "a time from %s to %s".formatted(EARLIEST, LATEST));
    }
  }

  public Setting.Silence silence() {
    return silence;
  }

  public boolean matches(Map<String, String> labels) {
    return matchers.match(labels);
  }

  /** When it ends, if it is in force. */
  public Optional<Instant> until(Instant now) {
    Instant expired = silence.expiredAt();
    if (now.isBefore(silence.startsAt()) || expired != null && !now.isBefore(expired)) {
      return Optional.empty();
    }
    Window window = at(now);
    if (window == null) {
      return Optional.empty();
    }
    return Optional.of(
        expired != null && expired.isBefore(window.endsAt()) ? expired : window.endsAt());
  }

  private @Nullable Window at(Instant now) {
    Known last = known;
    if (!last.covers(now)) {
      last = around(now);
      known = last;
    }
    return last.window();
  }

  private Known around(Instant now) {
    Window in = null;
    Instant next = Instant.MAX;
    for (Window window : windows(now, 1)) {
      if (!window.contains(now)) {
        next = window.startsAt();
        break;
      }
      in = window;
    }
    if (in == null) {
      return new Known(now, next, null);
    }
    return new Known(in.startsAt(), in.endsAt().isBefore(next) ? in.endsAt() : next, in);
  }

  private List<Window> windows(Instant at, int next) {
    if (recurring != null) {
      return recurring.windows(at, next);
    }
    Window once = new Window(silence.startsAt(), silence.endsAt());
    return once.endsAt().isAfter(at) ? List.of(once) : List.of();
  }

  /** The time that is on, and the next ones; none when somebody ended it. */
  public List<Window> ahead(Instant now, int next) {
    Instant expired = silence.expiredAt();
    return expired != null && !now.isBefore(expired) ? List.of() : windows(now, next);
  }

  public State state(Instant now) {
    if (until(now).isPresent()) {
      return State.ACTIVE;
    }
    return ahead(now, 1).isEmpty() ? State.EXPIRED : State.PENDING;
  }
}
