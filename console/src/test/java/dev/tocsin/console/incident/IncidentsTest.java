// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.incident;

import static dev.tocsin.console.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.console.Samples;
import dev.tocsin.console.view.Counters;
import dev.tocsin.console.view.Folding;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.incident.IncidentStatus;
import dev.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentsTest {

  private static final IncidentEvent OPENED =
      Samples.opened("inc_1", Samples.alert("a-0"), Severity.ERROR);
  private static final IncidentEvent RESOLVED = Samples.resolved("inc_1", NOON.plusSeconds(60));

  @TempDir Path directory;

  @Test
  void incident_isListedUnderTheStatusItHasNow() {
    try (Folding view = new Folding(directory, Incidents.folds())) {
      view.readTogether(Topics.INCIDENTS, OPENED, RESOLVED);
      Incidents incidents = new Incidents(view.rows());
      assertThat(page(incidents, IncidentStatus.OPEN)).isZero();
      assertThat(page(incidents, IncidentStatus.RESOLVED)).isEqualTo(1);
      assertThat(Counters.of(view.rows()).of(Incidents.COUNTED_AS))
          .containsEntry("OPEN", 0L)
          .containsEntry("RESOLVED", 1L);
      assertThat(incidents.events("inc_1", 10)).containsExactly(OPENED, RESOLVED);
    }
  }

  @Test
  void eventsOfOneMillisecond_areToldFromTheBeginningToTheEnd() {
    IncidentEvent resolved = Samples.resolved("inc_1", OPENED.at());
    List<IncidentEvent> joined =
        IntStream.range(1, 9)
            .mapToObj(i -> IncidentAlert.of(Samples.alert("a-" + i)))
            .<IncidentEvent>map(a -> new IncidentEvent.AlertAdded("inc_1", OPENED.at(), 1, a))
            .toList();
    try (Folding view = new Folding(directory, Incidents.folds())) {
      view.read(Topics.INCIDENTS, OPENED);
      joined.forEach(event -> view.read(Topics.INCIDENTS, event));
      view.read(Topics.INCIDENTS, resolved);
      List<IncidentEvent> told = new Incidents(view.rows()).events("inc_1", 10);
      assertThat(told).hasSize(10).startsWith(OPENED).endsWith(resolved).containsAll(joined);
    }
  }

  @Test
  void incidentsUnderAStorm_areListedAndCountedWithIt() {
    IncidentEvent.Opened first = Samples.opened("inc_2", Samples.alert("a-1"), Severity.ERROR);
    IncidentEvent.Opened child =
        new IncidentEvent.Opened(
            first.incidentId(),
            first.at(),
            1,
            first.group(),
            first.groupLabels(),
            first.title(),
            first.severity(),
            first.alert(),
            "inc_storm");
    IncidentEvent reopened =
        new IncidentEvent.Reopened(
            "inc_2", NOON.plusSeconds(70), 2, IncidentAlert.of(Samples.alert("a-2")));
    try (Folding view = new Folding(directory, Incidents.folds())) {
      view.readTogether(Topics.INCIDENTS, OPENED, child);
      Incidents incidents = new Incidents(view.rows());
      assertThat(incidents.countUnder("inc_storm")).containsExactly(Map.entry("OPEN", 1L));
      assertThat(incidents.under("inc_storm", null, PageRequest.of(null, 10), _ -> true).items())
          .extracting(IncidentSummary::id)
          .containsExactly("inc_2");
      assertThat(underNone(incidents)).containsExactly("inc_1");
      view.read(Topics.INCIDENTS, Samples.resolved("inc_2", NOON.plusSeconds(60)));
      assertThat(incidents.countUnder("inc_storm")).containsExactly(Map.entry("RESOLVED", 1L));
      view.read(Topics.INCIDENTS, reopened);
      assertThat(incidents.countUnder("inc_storm")).isEmpty();
      assertThat(incidents.find("inc_2").orElseThrow().parent()).isNull();
      assertThat(underNone(incidents)).containsExactlyInAnyOrder("inc_1", "inc_2");
    }
  }

  private static List<String> underNone(Incidents incidents) {
    return incidents
        .under(Incidents.NO_STORM, IncidentStatus.OPEN, PageRequest.of(null, 10), _ -> true)
        .items()
        .stream()
        .map(IncidentSummary::id)
        .toList();
  }

  @Test
  void eventOfAnIncidentWhoseBeginningIsGone_changesNothingElse() {
    try (Folding view = new Folding(directory, Incidents.folds())) {
      view.read(Topics.INCIDENTS, RESOLVED);
      assertThat(new Incidents(view.rows()).find("inc_1")).isEmpty();
      assertThat(Counters.of(view.rows()).of(Incidents.COUNTED_AS)).isEmpty();
    }
  }

  @Test
  void words_areFoundInTitlesAndLabelsInAnyCase() {
    IncidentSummary summary =
        IncidentSummary.of(
            dev.tocsin.schemas.incident.Incident.opened((IncidentEvent.Opened) OPENED));
    assertThat(summary.says("CHECKOUT error")).isTrue();
    assertThat(summary.says("service=checkout")).isTrue();
    assertThat(summary.says("inc_1")).isTrue();
    assertThat(summary.says("payments")).isFalse();
  }

  private static long page(Incidents incidents, IncidentStatus status) {
    return incidents.page(status, PageRequest.of(null, 10), _ -> true).items().size();
  }
}
