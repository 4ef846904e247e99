// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.evidence;

import dev.tocsin.agent.knowledge.Knowledge;
import dev.tocsin.agent.knowledge.KnownIncident;
import dev.tocsin.agent.knowledge.Passage;
import dev.tocsin.agent.knowledge.Search;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;

/** Past incidents and passages of runbooks that are alike in meaning. */
public final class SimilarIncidents implements EvidenceSource {

  private static final int MOST = 3;

  private final Knowledge knowledge;
  private final Duration timeout;

  public SimilarIncidents(Knowledge knowledge, Duration timeout) {
    this.knowledge = knowledge;
    this.timeout = timeout;
  }

  @Override
  public String name() {
    return "knowledge";
  }

  @Override
  public boolean isCheap() {
    return false;
  }

  @Override
  public Duration timeout() {
    return timeout;
  }

  @Override
  public void look(Incident incident, Instant now, Consumer<Evidence> found)
      throws InterruptedException {
    String text = KnownIncident.of(incident).text();
    switch (knowledge.like(text, incident.id(), MOST, timeout)) {
      case Search.Skipped skipped ->
          found.accept(
              new Evidence(
                  "", name(), "Similar incidents: skipped", skipped.reason(), text, now, null));
      case Search.Found alike ->
          alike.hits().forEach(hit -> found.accept(evidence(hit, text, now)));
    }
  }

  private Evidence evidence(Search.Hit hit, String query, Instant now) {
    String alike = String.format(Locale.ROOT, "(similarity %.2f)", hit.similarity());
    return switch (hit.item()) {
      case KnownIncident past ->
          new Evidence(
              "",
              name(),
              "Similar incident: " + past.title(),
              past.story() + ' ' + alike,
              query,
              now,
              null);
      case Passage passage ->
          new Evidence(
              "",
              "runbook",
              "Runbook passage: " + passage.title(),
              passage.text() + '\n' + alike,
              query,
              now,
              null);
    };
  }
}
