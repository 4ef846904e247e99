// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.storm;

import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.alert.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When incidents opening together are a storm, and when it is over.
 *
 * <p>A storm is reported as an alert of our own, so that the incident about it lives like any
 * other.
 */
public final class StormRules {

  /** How often a storm is asked whether it is over. */
  public static final Duration CHECK_EVERY = Duration.ofSeconds(10);

  private static final Duration CALM_AFTER = Duration.ofMinutes(5);

  private final StormSettings settings;

  public StormRules(StormSettings settings) {
    this.settings = settings;
  }

  /**
   * What an opened incident or a look at the clock makes of it.
   *
   * @param report what is to be said of the storm now; null when nothing is
   */
  public record Step(StormState state, @Nullable Alert report) {}

  /**
   * An incident opens.
   *
   * @param spoken whether the storm's own incident is active: once a person resolved it, it speaks
   *     for nobody
   */
  public Step opened(
      StormState before, boolean spoken, String group, Severity severity, Instant now) {
    return switch (before) {
      case StormState.Calm calm -> opened(calm.opens(), group, severity, now);
      case StormState.Raging _ when !spoken -> opened(Opens.NONE, group, severity, now);
      case StormState.Raging raging -> {
        Opens opens = raging.opens().plus(severity, now);
        boolean worse = severity.isWorseThan(raging.worst());
        StormState.Raging next =
            new StormState.Raging(
                opens,
                raging.since(),
                worse ? severity : raging.worst(),
                raging.incidents() + 1,
                isBusy(opens, now) ? now : raging.busyAt());
        yield new Step(next, worse ? report(next, group, AlertStatus.FIRING, now) : null);
      }
    };
  }

  private Step opened(Opens before, String group, Severity severity, Instant now) {
    Opens opens = before.plus(severity, now);
    int count = opens.count(now);
    if (count <= settings.opensPerMinute()) {
      return new Step(new StormState.Calm(opens), null);
    }
    StormState.Raging raging = new StormState.Raging(opens, now, opens.worst(now), count, now);
    return new Step(raging, report(raging, group, AlertStatus.FIRING, now));
  }

  /** Time has passed. */
  public Step checked(StormState before, String group, Instant now) {
    return switch (before) {
      case StormState.Calm calm -> new Step(calm, null);
      case StormState.Raging raging when isBusy(raging.opens(), now) ->
          new Step(
              new StormState.Raging(
                  raging.opens(), raging.since(), raging.worst(), raging.incidents(), now),
              null);
      case StormState.Raging raging when now.isBefore(raging.busyAt().plus(CALM_AFTER)) ->
          new Step(raging, null);
      case StormState.Raging raging ->
          new Step(StormState.CALM, report(raging, group, AlertStatus.RESOLVED, now));
    };
  }

  private boolean isBusy(Opens opens, Instant now) {
    return opens.count(now) * 3 >= settings.opensPerMinute();
  }

  private static Alert report(
      StormState.Raging storm, String group, AlertStatus status, Instant now) {
    String id = ContentId.of("storm", group, storm.since(), status, storm.worst());
    return new Alert(
        id,
        id,
        "tocsin",
        "",
        "storm",
        AlertKind.ANOMALY,
        status,
        storm.worst(),
        "Storm: %d incidents opened within a minute".formatted(storm.incidents()),
        Map.of("alertname", "IncidentStorm"),
        Map.of("description", "Further incidents open under this one until it is over."),
        storm.since(),
        status == AlertStatus.RESOLVED ? now : null,
        now,
        group,
        Map.of("storm", group),
        null,
        Map.of("incidents", (double) storm.incidents()),
        Links.NONE,
        0,
        "{}");
  }
}
