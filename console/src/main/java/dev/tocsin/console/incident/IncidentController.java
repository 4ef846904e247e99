// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.incident;

import dev.tocsin.console.delivery.Deliveries;
import dev.tocsin.console.problem.Refusal;
import dev.tocsin.console.view.Page;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.incident.IncidentStatus;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.step.StepResult;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The list of incidents, and the story of one. */
@RestController
@RequestMapping("/v1/incidents")
@Tag(name = "incidents")
public final class IncidentController {

  private static final int MOST_EVENTS = 2_000;
  private static final int MOST_AROUND = 500;
  private static final int MOST_CHILDREN = 50;

  private final Incidents incidents;
  private final Deliveries deliveries;

  public IncidentController(Incidents incidents, Deliveries deliveries) {
    this.incidents = incidents;
    this.deliveries = deliveries;
  }

  @GetMapping
  @Operation(
      summary =
          "Incidents, the latest first; q looks in titles and labels; parent: only those that this storm speaks for, or with none those that no storm speaks for")
  Page<IncidentSummary> list(
      @RequestParam(required = false) @Nullable IncidentStatus status,
      @RequestParam(required = false) @Nullable Severity severity,
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String parent,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    Predicate<IncidentSummary> wanted =
        incident ->
            (severity == null || incident.severity() == severity)
                && (q == null || q.isBlank() || incident.says(q.strip()));
    PageRequest request = PageRequest.of(cursor, limit);
    return parent == null || parent.isBlank()
        ? incidents.page(status, request, wanted)
        : incidents.under(parent.strip(), status, request, wanted);
  }

  @GetMapping("/{id}")
  @Operation(summary = "One incident with its timeline, alerts, context, runs and deliveries")
  IncidentStory story(@PathVariable String id) {
    Incident incident = incidents.find(id).orElseThrow(() -> Refusal.unknown("incident", id));
    List<IncidentEvent> events = incidents.events(id, MOST_EVENTS);
    List<Run> runs = incidents.runs(id, MOST_AROUND);
    List<StepResult> results = incidents.results(id, MOST_AROUND);
    List<Delivery> told = deliveries.ofIncident(id, MOST_AROUND);
    boolean complete =
        events.size() < MOST_EVENTS
            && runs.size() < MOST_AROUND
            && results.size() < MOST_AROUND
            && told.size() < MOST_AROUND;
    return IncidentStory.of(
        incident,
        children(id),
        latestContext(results),
        events,
        runs,
        told,
        Timeline.of(events, runs, results, told),
        complete);
  }

  private IncidentStory.@Nullable Children children(String id) {
    Map<String, Long> counts = incidents.countUnder(id);
    if (counts.isEmpty()) {
      return null;
    }
    List<IncidentSummary> latest =
        incidents.under(id, null, PageRequest.of(null, MOST_CHILDREN), _ -> true).items();
    return new IncidentStory.Children(
        counts.values().stream().mapToLong(Long::longValue).sum(),
        counts,
        latest,
        "/v1/incidents?parent=" + id);
  }

  private static @Nullable Context latestContext(List<StepResult> results) {
    return results.reversed().stream()
        .map(StepResult::context)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
