// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.evidence;

import dev.tocsin.agent.knowledge.Knowledge;
import dev.tocsin.agent.knowledge.KnownIncident;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The other incidents that are open now, those with most labels in common first. */
public final class OpenIncidents implements EvidenceSource {

  private static final int MOST = 5;
  private static final int MOST_COMPARED = 100;

  private final Knowledge knowledge;

  public OpenIncidents(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  @Override
  public String name() {
    return "incidents";
  }

  @Override
  public boolean isCheap() {
    return true;
  }

  @Override
  public Duration timeout() {
    return Duration.ofSeconds(1);
  }

  @Override
  public void look(Incident incident, Instant now, Consumer<Evidence> found) {
    int open = knowledge.openBeside(incident.id());
    if (open == 0) {
      return;
    }
    String lines =
        knowledge.latestOpen(incident.id(), MOST_COMPARED).stream()
            .sorted(
                Comparator.comparingLong((KnownIncident k) -> k.inCommon(incident.groupLabels()))
                    .reversed())
            .limit(MOST)
            .map(OpenIncidents::line)
            .collect(Collectors.joining("\n"));
    String title = open == 1 ? "Another incident is open" : open + " other incidents are open";
    found.accept(new Evidence("", name(), title, lines, "status=open", now, null));
  }

  private static String line(KnownIncident known) {
    return "%s  %s, %s since %s  (%s)"
        .formatted(known.title(), known.severity(), known.status(), known.openedAt(), known.id());
  }
}
