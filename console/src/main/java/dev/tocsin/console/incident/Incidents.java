// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.incident;

import dev.tocsin.console.view.Changes;
import dev.tocsin.console.view.Counters;
import dev.tocsin.console.view.Family;
import dev.tocsin.console.view.Fold;
import dev.tocsin.console.view.Key;
import dev.tocsin.console.view.Listing;
import dev.tocsin.console.view.Page;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.console.view.Rows;
import dev.tocsin.console.view.Table;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.incident.IncidentStatus;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.step.StepResult;
import dev.tocsin.schemas.topic.Topics;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Incidents, their events, runs and step results, as the view holds them. */
public final class Incidents {

  /** The counter of incidents by status. */
  public static final String COUNTED_AS = "incident";

  /** In the place of a storm's incident: no storm speaks for these. */
  static final String NO_STORM = "none";

  private static final Table INCIDENTS = new Table(Family.DAYS_90, "incident");
  private static final Table EVENTS = new Table(Family.DAYS_90, "incident-event");
  private static final Table CHILDREN = new Table(Family.DAYS_90, "incident-children");
  private static final Table RUNS = new Table(Family.DAYS_90, "run");
  private static final Table RESULTS = new Table(Family.DAYS_90, "step-result");
  private static final Listing<IncidentSummary> LISTING =
      new Listing<>(Family.DAYS_90, "incident-list", IncidentSummary.class);

  private final Rows rows;

  public Incidents(Rows rows) {
    this.rows = rows;
  }

  public static List<Fold> folds() {
    return List.of(
        Fold.of(Topics.INCIDENTS, Incidents::happened),
        Fold.of(
            Topics.RUNS,
            (run, json, changes) -> changes.putBytes(RUNS.key(run.incidentId(), run.id()), json)),
        Fold.of(
            Topics.STEP_RESULTS,
            (result, json, changes) ->
                changes.putBytes(
                    RESULTS.key(
                        result.incidentId(), result.at(), result.stepId() + '/' + result.attempt()),
                    json)));
  }

  private static void happened(IncidentEvent event, byte[] json, Changes changes) {
    changes.putBytes(EVENTS.key(event.incidentId(), event.at(), event.id()), json);
    Key key = INCIDENTS.key(event.incidentId());
    Incident before = changes.find(key, Incident.class).orElse(null);
    Incident after = after(before, event);
    if (after == null || after.equals(before)) {
      return;
    }
    if (before != null) {
      LISTING.remove(changes, drawers(before), before.openedAt(), before.id());
      Counters.add(changes, COUNTED_AS, before.status().name(), -1);
      countUnder(changes, before, -1);
    }
    changes.put(key, after);
    LISTING.put(changes, drawers(after), after.openedAt(), after.id(), IncidentSummary.of(after));
    Counters.add(changes, COUNTED_AS, after.status().name(), 1);
    countUnder(changes, after, 1);
  }

  private static void countUnder(Changes changes, Incident incident, long difference) {
    if (incident.parent() != null) {
      changes.add(CHILDREN.key(incident.parent(), incident.status().name()), difference);
    }
  }

  /** Null for an event of an incident whose beginning the topic does not hold any more. */
  private static @Nullable Incident after(@Nullable Incident before, IncidentEvent event) {
    if (before != null) {
      return before.after(event);
    }
    return event instanceof IncidentEvent.Opened opened ? Incident.opened(opened) : null;
  }

  private static List<String> drawers(Incident incident) {
    String parent = Objects.requireNonNullElse(incident.parent(), NO_STORM);
    return List.of(incident.status().name(), under(parent), under(parent, incident.status()));
  }

  private static String under(String parent) {
    return "under/" + parent;
  }

  private static String under(String parent, IncidentStatus status) {
    return under(parent) + '/' + status.name();
  }

  public Optional<Incident> find(String id) {
    return rows.find(INCIDENTS.key(id), Incident.class);
  }

  Page<IncidentSummary> page(
      @Nullable IncidentStatus status, PageRequest request, Predicate<IncidentSummary> wanted) {
    return LISTING.page(rows, status == null ? Listing.ALL : status.name(), request, wanted);
  }

  /**
   * Those that a storm's incident speaks for.
   *
   * @param parent its id, or {@link #NO_STORM}
   */
  Page<IncidentSummary> under(
      String parent,
      @Nullable IncidentStatus status,
      PageRequest request,
      Predicate<IncidentSummary> wanted) {
    return LISTING.page(
        rows, status == null ? under(parent) : under(parent, status), request, wanted);
  }

  /** How many a storm's incident speaks for, by status. */
  Map<String, Long> countUnder(String parent) {
    Map<String, Long> counts = new TreeMap<>();
    for (IncidentStatus status : IncidentStatus.values()) {
      long count = rows.number(CHILDREN.key(parent, status.name()));
      if (count > 0) {
        counts.put(status.name(), count);
      }
    }
    return counts;
  }

  /**
   * In the order in which they happened. Alerts of one message come in one millisecond: an epoch
   * begins before anything else of it, and ends after.
   */
  List<IncidentEvent> events(String incidentId, int most) {
    return rows.first(EVENTS.key(incidentId), most, IncidentEvent.class).stream()
        .sorted(
            Comparator.comparing(IncidentEvent::at)
                .thenComparing(IncidentEvent::epoch)
                .thenComparing(Incidents::part))
        .toList();
  }

  private static int part(IncidentEvent event) {
    return switch (event) {
      case IncidentEvent.Opened _, IncidentEvent.Reopened _ -> 0;
      case IncidentEvent.Resolved _ -> 2;
      default -> 1;
    };
  }

  List<Run> runs(String incidentId, int most) {
    return rows.first(RUNS.key(incidentId), most, Run.class);
  }

  /** In the order in which they came. */
  List<StepResult> results(String incidentId, int most) {
    return rows.first(RESULTS.key(incidentId), most, StepResult.class);
  }
}
