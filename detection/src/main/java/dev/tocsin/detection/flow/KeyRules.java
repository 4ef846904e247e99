// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import dev.tocsin.schemas.anomaly.Anomaly.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a report, or the time that passes, makes of one alert. Times are milliseconds. */
final class KeyRules {

  private final KeyFlow key;
  private final long now;
  private final List<Finding> found = new ArrayList<>();

  KeyRules(KeyFlow key, long now) {
    this.key = key;
    this.now = now;
  }

  List<Finding> found() {
    return List.copyOf(found);
  }

  /** Whether an episode begins that was not known. */
  boolean hear(Report report, Novelty novelty) {
    key.heard(report, now);
    if (!report.firing()) {
      ended();
      return false;
    }
    beat();
    if (!key.isNewEpisode(report)) {
      return false;
    }
    boolean up = !key.isFiring();
    double surprise = novelty.begins(key.episodes(), now);
    key.begins(report, now);
    if (surprise >= Novelty.RARE) {
      key.newSince(now);
      tell(
          Kind.NEVER_SEEN,
          true,
          now,
          1,
          Math.pow(10, -surprise),
          1,
          surprise,
          "%s was never heard of in the 30 days before; of this service's alerts, one in %.0f is new"
              .formatted(name(), Math.pow(10, surprise)));
    }
    Gaps.Reading gap = key.gaps().begins(now);
    if (gap != null) {
      key.backSince(now);
      tell(
          Kind.LONG_SILENT,
          true,
          now,
          seconds(gap.millis()),
          gap.mean() / 1000,
          gap.high() / 1000,
          gap.surprise(),
          "%s is back after %s; it comes every %s on average"
              .formatted(name(), words(gap.millis()), words((long) gap.mean())));
    }
    if (up) {
      turn();
    }
    return true;
  }

  private void beat() {
    if (key.missingSince() >= 0) {
      tell(
          Kind.MISSING_HEARTBEAT,
          false,
          key.missingSince(),
          0,
          0,
          0,
          0,
          "%s is reported again".formatted(name()));
      key.missingSince(-1);
    }
    key.heartbeat().beat(now);
  }

  private void ended() {
    if (!key.isFiring()) {
      return;
    }
    long lasted = now - key.firingSince();
    key.durations().ended(lasted);
    key.heartbeat().stop();
    key.ends();
    over(
        Kind.STUCK_FIRING,
        key.stuckSince(),
        "%s is over after %s".formatted(name(), words(lasted)));
    over(Kind.NEVER_SEEN, key.newSince(), "%s, which was new, is over".formatted(name()));
    over(Kind.LONG_SILENT, key.backSince(), "%s is over again".formatted(name()));
    over(Kind.MISSING_HEARTBEAT, key.missingSince(), "%s is over".formatted(name()));
    key.stuckSince(-1);
    key.newSince(-1);
    key.backSince(-1);
    key.missingSince(-1);
    turn();
  }

  private void over(Kind kind, long since, String words) {
    if (since >= 0) {
      tell(kind, false, since, 0, 0, 0, 0, words);
    }
  }

  private void turn() {
    Turns.Reading flaps = key.turns().turn(now);
    if (flaps != null) {
      tell(
          Kind.FLAPPING,
          true,
          now,
          flaps.count(),
          flaps.mean(),
          flaps.high(),
          flaps.surprise(),
          "%s changed %d times within an hour; %.1f times is ordinary for it"
              .formatted(name(), flaps.count(), flaps.mean()));
    }
  }

  /** The time has come that {@link KeyFlow#dueAt} named. */
  void due() {
    if (key.turns().isFlapping() && now >= key.turns().quietAt()) {
      long since = key.turns().since();
      key.turns().end();
      tell(
          Kind.FLAPPING,
          false,
          since,
          0,
          0,
          0,
          0,
          "%s has been quiet for half an hour".formatted(name()));
    }
    Heartbeat heartbeat = key.heartbeat();
    long missingAt = heartbeat.missingAt();
    if (key.isFiring() && key.missingSince() < 0 && missingAt >= 0 && now >= missingAt) {
      key.missingSince(missingAt);
      tell(
          Kind.MISSING_HEARTBEAT,
          true,
          missingAt,
          seconds(missingAt - heartbeat.last()),
          seconds(heartbeat.usual()),
          seconds(heartbeat.longest()),
          heartbeat.surprise(),
          "%s fires, and has not been reported for %s; it is every %s or so"
              .formatted(name(), words(heartbeat.longest()), words(heartbeat.usual())));
    }
    Durations durations = key.durations();
    long longest = durations.longest();
    if (key.isFiring()
        && key.stuckSince() < 0
        && longest >= 0
        && now >= key.firingSince() + longest) {
      long since = key.firingSince() + longest;
      key.stuckSince(since);
      tell(
          Kind.STUCK_FIRING,
          true,
          since,
          seconds(longest),
          seconds(durations.usual()),
          seconds(longest),
          durations.surprise(longest),
          "%s has fired for %s; it lasts %s or so, and longer than that once in 1,000"
              .formatted(name(), words(longest), words(durations.usual())));
    }
  }

  private String name() {
    return '“' + key.title() + '”';
  }

  private void tell(
      Kind kind,
      boolean begins,
      long since,
      double value,
      double expected,
      double high,
      double surprise,
      String words) {
    found.add(
        new Finding(
            kind,
            Subject.alert(key),
            begins,
            Instant.ofEpochMilli(since),
            // What was due at a time was so then, however late somebody looks.
            Instant.ofEpochMilli(begins ? since : now),
            value,
            expected,
            0,
            high,
            surprise,
            words));
  }

  private static double seconds(long millis) {
    return millis / 1000.0;
  }

  private static String words(long millis) {
    Duration time = Duration.ofMillis(millis);
    if (time.toDays() > 0) {
      return time.toDays() + " d " + time.toHoursPart() + " h";
    }
    if (time.toHours() > 0) {
      return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
    return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }
}
