// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import dev.tocsin.detection.hold.Hold;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an anomaly: it is told in its group's open incident, or opens a lesser one of its
 * own when it is one for people, and not only rare. It never opens an incident again: a metric that
 * comes back to normal jumps, too.
 */
public final class AnomalyRules {

  /** A forecast is made once a day, and told when it changes. */
  private static final Duration LIMIT_LASTS = Duration.ofDays(30);

  private final IncidentSettings settings;
  private final boolean opensIncidents;

  public AnomalyRules(IncidentSettings settings, boolean opensIncidents) {
    this.settings = settings;
    this.opensIncidents = opensIncidents;
  }

  /** The identity of the condition that an anomaly's series is off its band. */
  public static String identity(Anomaly anomaly) {
    return member(anomaly).identity();
  }

  /**
   * @param hold what holds it back; null when nothing does
   */
  public Decision decide(
      AlertGroup group,
      @Nullable Condition condition,
      Anomaly anomaly,
      @Nullable Hold hold,
      Instant now) {
    Story story = new Story(group, identity(anomaly), condition, now);
    switch (anomaly.status()) {
      case OFF_BAND -> offBand(story, condition, anomaly, hold, now);
      case BACK -> back(story, condition, anomaly, now);
    }
    return story.told();
  }

  private void offBand(
      Story story,
      @Nullable Condition condition,
      Anomaly anomaly,
      @Nullable Hold hold,
      Instant now) {
    boolean settling =
        story.incident() instanceof IncidentState.Over o
            && !now.isAfter(o.at().plus(settings.reopenWithin()));
    Episode episode = new Episode(anomaly.startedAt(), true);
    Instant expires = now.plus(isAboutALimit(anomaly) ? LIMIT_LASTS : settings.expireAfter());
    List<Instant> turns = condition == null ? List.of() : condition.turns();
    if (story.isActive()) {
      story.add(anomaly);
      if (isAboutALimit(anomaly)) {
        story.raise(anomaly.severity());
      }
    } else if (opensIncidents && !settling && isForPeople(anomaly) && hold != null) {
      story.become(
          new Condition.Held(
              member(anomaly),
              anomaly.groupLabels(),
              episode,
              hold.by(),
              false,
              hold.until(),
              expires,
              turns));
    } else if (opensIncidents && !settling && isForPeople(anomaly)) {
      story.open(member(anomaly), anomaly.groupLabels());
      story.become(
          new Condition.Firing(anomaly.id(), episode, story.round(), expires, false, turns));
      story.add(anomaly);
    }
  }

  /** Records of before there was the question were all for people. */
  private static boolean isForPeople(Anomaly anomaly) {
    return !Boolean.FALSE.equals(anomaly.forPeople());
  }

  private void back(Story story, @Nullable Condition condition, Anomaly anomaly, Instant now) {
    story.add(anomaly);
    switch (condition) {
      case Condition.Firing c ->
          story.clear(
              anomaly.id(),
              over(anomaly, c, now),
              Cause.ALL_CLEAR,
              isAboutALimit(anomaly) ? "no longer near its limit" : "back in its band");
      case Condition.Held c -> story.become(over(anomaly, c, now));
      case null, default -> {}
    }
  }

  private Condition.Over over(Anomaly anomaly, Condition c, Instant now) {
    return new Condition.Over(
        anomaly.id(),
        c.episode(),
        anomaly.at(),
        false,
        now.plus(ConditionTimer.remembered(settings)),
        c.turns());
  }

  private static boolean isAboutALimit(Anomaly anomaly) {
    return anomaly.aspect() == Anomaly.Aspect.EXHAUSTION
        || anomaly.aspect() == Anomaly.Aspect.SATURATION;
  }

  private static String title(Anomaly anomaly) {
    return switch (anomaly.aspect()) {
      case EXHAUSTION -> anomaly.name() + " will be exhausted";
      case SATURATION -> anomaly.name() + " is nearly exhausted";
      case null, default -> anomaly.name() + " is off its band";
    };
  }

  /** The alert we would have liked to get about it. */
  private static IncidentAlert member(Anomaly anomaly) {
    return new IncidentAlert(
        anomaly.id(),
        "tocsin",
        "",
        isAboutALimit(anomaly) ? anomaly.series() + '/' + anomaly.aspect() : anomaly.series(),
        AlertKind.ANOMALY,
        AlertStatus.FIRING,
        anomaly.severity(),
        title(anomaly),
        anomaly.labels(),
        Map.of("description", anomaly.explanation()),
        anomaly.startedAt(),
        null,
        anomaly.at(),
        Map.of(anomaly.name(), anomaly.value()),
        Links.NONE,
        0);
  }
}
