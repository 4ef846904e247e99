// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import static dev.tocsin.notifier.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.Samples;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.IncidentEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchListTest {

  private final WatchList watchList = new WatchList();

  @Test
  void incident_isWatchedUntilItIsResolved_andAgainInItsNextEpoch() {
    watchList.add(opened("inc_1"));
    assertThat(watchList.dedupKeys()).containsExactly("tocsin-inc_1-1");

    watchList.add(acknowledged("inc_1"));
    assertThat(watchList.unresolved()).singleElement().matches(Watched::acknowledged);

    watchList.add(resolved("inc_1"));
    assertThat(watchList.unresolved()).isEmpty();
    assertThat(watchList.find("inc_1")).matches(Watched::isResolved);
    assertThat(watchList.resolvedBetween(NOON.minusSeconds(1), NOON)).hasSize(1);
    assertThat(watchList.resolvedBetween(NOON, NOON.plusSeconds(1))).isEmpty();

    watchList.add(new IncidentEvent.Reopened("inc_1", NOON, 2, Samples.alert(Map.of())));
    assertThat(watchList.resolvedBetween(NOON.minusSeconds(1), NOON)).isEmpty();
    assertThat(watchList.unresolved())
        .containsExactly(Watched.unresolved("inc_1", 2, "prod/inc_1", NOON));
  }

  @Test
  void incidentWhoseEndWasAskedFor_isNotAskedAbout_untilItIsReopened() {
    watchList.add(opened("inc_1"));
    watchList.asked("inc_1", Watched.Asked.RESOLVE);
    assertThat(watchList.dedupKeys()).isEmpty();
    assertThat(watchList.unresolved()).hasSize(1);

    watchList.add(resolved("inc_1"));
    watchList.add(new IncidentEvent.Reopened("inc_1", NOON, 2, Samples.alert(Map.of())));
    assertThat(watchList.dedupKeys()).containsExactly("tocsin-inc_1-2");
  }

  @Test
  void historyToldAgain_changesNothing() {
    watchList.add(opened("inc_1"));
    watchList.add(resolved("inc_1"));
    watchList.add(opened("inc_1"));
    assertThat(watchList.unresolved()).as("over, and not open beside it").isEmpty();

    watchList.add(new IncidentEvent.Reopened("inc_1", NOON, 2, Samples.alert(Map.of())));
    watchList.add(opened("inc_1"));
    watchList.add(acknowledged("inc_1"));
    watchList.add(resolved("inc_1"));
    watchList.add(new IncidentEvent.Reopened("inc_1", NOON, 2, Samples.alert(Map.of())));

    assertThat(watchList.unresolved())
        .containsExactly(Watched.unresolved("inc_1", 2, "prod/inc_1", NOON));
  }

  @Test
  void eventsOfUnknownIncidents_changeNothing() {
    watchList.add(acknowledged("inc_9"));
    watchList.add(resolved("inc_9"));
    watchList.add(new IncidentEvent.Reopened("inc_9", NOON, 2, Samples.alert(Map.of())));
    watchList.asked("inc_9", Watched.Asked.RESOLVE);
    assertThat(watchList.unresolved()).isEmpty();
  }

  @Test
  void tooMany_loseTheOldest() {
    for (int i = 0; i <= WatchList.MOST; i++) {
      watchList.add(opened("inc_" + i));
    }
    assertThat(watchList.dedupKeys())
        .hasSize(WatchList.MOST)
        .doesNotContain("tocsin-inc_0-1")
        .contains("tocsin-inc_" + WatchList.MOST + "-1");
  }

  static IncidentEvent opened(String id) {
    return new IncidentEvent.Opened(
        id,
        NOON,
        1,
        "prod/" + id,
        Map.of(),
        "down",
        Severity.CRITICAL,
        Samples.alert(Map.of()),
        null);
  }

  static IncidentEvent acknowledged(String id) {
    return new IncidentEvent.Acknowledged(id, NOON, 1, "Ada", "console");
  }

  static IncidentEvent resolved(String id) {
    return new IncidentEvent.Resolved(
        id, NOON, 1, IncidentEvent.Cause.ALL_CLEAR, "Tocsin", "tocsin");
  }
}
