// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.investigation;

import dev.tocsin.agent.guard.Masker;
import dev.tocsin.agent.guard.PlainText;
import dev.tocsin.schemas.Cut;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Contexts: what an investigation has to say to a person. */
final class Contexts {

  private static final int MOST_TITLES = 3;
  private static final int LONGEST_TITLE = 160;

  private final Masker masker;

  Contexts(Masker masker) {
    this.masker = masker;
  }

  /**
   * From evidence alone.
   *
   * @param noModel why there is no word of a model in it; null when there is none to hear from
   */
  Context ofEvidence(
      Incident incident,
      List<Evidence> evidence,
      @Nullable String noModel,
      Instant started,
      Instant now) {
    StringBuilder summary = new StringBuilder(conditions(incident));
    for (Evidence e : evidence) {
      if (e.source().equals("incidents") || e.title().startsWith("Similar incident: ")) {
        summary.append(' ').append(Cut.to(LONGEST_TITLE, e.title())).append('.');
      }
    }
    if (noModel != null) {
      summary.append(' ').append(noModel);
    }
    return new Context(
        masker.mask(PlainText.visible(summary.toString())),
        null,
        null,
        List.of(),
        evidence,
        nextSteps(evidence),
        List.of(),
        null,
        0,
        Duration.between(started, now).toMillis(),
        now);
  }

  /** With what a model concluded. */
  static Context ofConclusion(
      Conclusion conclusion,
      List<Evidence> evidence,
      String model,
      long tokens,
      Instant started,
      Instant now) {
    return new Context(
        conclusion.summary(),
        conclusion.probableCause(),
        conclusion.confidence(),
        conclusion.evidence(),
        evidence,
        conclusion.nextSteps(),
        conclusion.followUpQuestions(),
        model,
        tokens,
        Duration.between(started, now).toMillis(),
        now);
  }

  private String conditions(Incident incident) {
    List<IncidentAlert> firing =
        incident.alerts().values().stream().filter(a -> a.status() == AlertStatus.FIRING).toList();
    if (firing.isEmpty()) {
      return "No condition of this incident is firing any more.";
    }
    Instant since =
        firing.stream().map(IncidentAlert::startsAt).min(Instant::compareTo).orElseThrow();
    String titles =
        firing.stream()
            .map(a -> masker.shown(a.title(), LONGEST_TITLE))
            .distinct()
            .limit(MOST_TITLES)
            .collect(Collectors.joining("; "));
    int count = firing.size() + incident.moreAlerts();
    return "%s firing since %s, %s: %s."
        .formatted(
            count == 1 ? "One condition" : count + " conditions",
            since,
            incident.severity(),
            titles);
  }

  private static List<String> nextSteps(List<Evidence> evidence) {
    List<String> steps = new ArrayList<>();
    for (Evidence e : evidence) {
      String link = e.link();
      if (e.source().equals("runbook") && link != null) {
        steps.add("Read the runbook: " + link);
      } else if (e.title().startsWith("Runbook: ")) {
        steps.add("Read the runbook “" + e.title().substring("Runbook: ".length()) + "”");
      } else if (e.title().startsWith("Similar incident: ")) {
        steps.add("Compare with the similar incident in " + e.id());
      }
    }
    return steps.stream().distinct().limit(5).toList();
  }
}
