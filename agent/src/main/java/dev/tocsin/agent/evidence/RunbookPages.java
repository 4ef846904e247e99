// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.evidence;

import dev.tocsin.agent.knowledge.Runbook;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The runbook that the alerts link to, and those of the directory that are meant for them. */
public final class RunbookPages implements EvidenceSource {

  private static final int MOST_LINKS = 3;
  private static final int MOST_PAGES = 2;

  private final List<Runbook> runbooks;

  public RunbookPages(List<Runbook> runbooks) {
    this.runbooks = List.copyOf(runbooks);
  }

  @Override
  public String name() {
    return "runbook";
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
    Set<String> links = new LinkedHashSet<>();
    Set<Runbook> pages = new LinkedHashSet<>();
    for (IncidentAlert alert : incident.alerts().values()) {
      String link = alert.links().runbook();
      if (link != null && !link.isBlank()) {
        links.add(link);
      }
      runbooks.stream().filter(runbook -> runbook.isFor(alert)).forEach(pages::add);
    }
    links.stream()
        .limit(MOST_LINKS)
        .forEach(
            link ->
                found.accept(
                    new Evidence("", name(), "Runbook of the alert", link, "", now, link)));
    pages.stream()
        .limit(MOST_PAGES)
        .forEach(
            page ->
                found.accept(
                    new Evidence(
                        "",
                        name(),
                        "Runbook: " + page.title(),
                        page.text(),
                        page.name(),
                        now,
                        null)));
  }
}
