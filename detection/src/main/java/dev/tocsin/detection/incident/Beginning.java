// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import dev.tocsin.schemas.alert.AlertOutcome.Outcome;
import dev.tocsin.schemas.alert.AlertOutcome.Reason;
import dev.tocsin.schemas.incident.IncidentAlert;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a condition does to its group's incident when people are to know that it fires. */
final class Beginning {

  private final IncidentSettings settings;
  private final FlappingRule flapping;

  Beginning(IncidentSettings settings, FlappingRule flapping) {
    this.settings = settings;
    this.flapping = flapping;
  }

  /**
   * @param before its turns until now
   */
  Ending begin(
      Story story,
      IncidentAlert member,
      Map<String, String> groupLabels,
      Episode episode,
      List<Instant> before,
      Instant now) {
    List<Instant> turns = flapping.withTurn(before, now);
    boolean flaps = flapping.isFlapping(turns);
    // The incident first: a condition counts in the round of the incident it fires in.
    Ending ending =
        switch (story.incident()) {
          case IncidentState.None _ -> open(story, member, groupLabels);
          case IncidentState.Over o when now.isAfter(o.at().plus(settings.reopenWithin())) ->
              open(story, member, groupLabels);
          case IncidentState.Over o -> {
            story.reopen(o, member);
            yield new Ending(
                Outcome.OPENED,
                Reason.REOPENED_GROUP,
                o.id(),
                "It fires again within %s of the end of its incident, which is open again."
                    .formatted(Words.of(settings.reopenWithin())));
          }
          case IncidentState.Active a -> {
            story.add(a, member);
            yield new Ending(
                Outcome.JOINED,
                Reason.OPEN_GROUP,
                a.id(),
                "Its group has an open incident, which it joined.");
          }
        };
    if (flaps) {
      story.become(
          new Condition.Flapping(
              member.alertId(), episode, story.round(), true, flapping.quietAt(now), turns));
      story.startFlapping(turns.size());
    } else {
      story.become(
          new Condition.Firing(
              member.alertId(),
              episode,
              story.round(),
              now.plus(settings.expireAfter()),
              false,
              turns));
    }
    return ending;
  }

  private static Ending open(Story story, IncidentAlert member, Map<String, String> groupLabels) {
    story.open(member, groupLabels);
    return new Ending(
        Outcome.OPENED,
        Reason.NEW_GROUP,
        story.incidentId(),
        "Nothing was open in its group, so it opened an incident.");
  }
}
