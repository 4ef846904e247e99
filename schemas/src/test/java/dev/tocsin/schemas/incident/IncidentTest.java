// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.IncidentEvent.AlertAdded;
import dev.tocsin.schemas.incident.IncidentEvent.AlertCleared;
import dev.tocsin.schemas.topic.Specimens;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IncidentTest {

  private static final String ID = "inc_a";
  private static final Instant OPENED = Specimens.AT;
  private static final Instant NOW = OPENED.plusSeconds(30);
  private static final IncidentAlert FIRST = alert("first", Severity.WARNING);
  private static final IncidentAlert SECOND = alert("second", Severity.CRITICAL);

  private static final Incident OPEN = incident(IncidentStatus.OPEN, 1, null, null);
  private static final Incident HELD = incident(IncidentStatus.ACKNOWLEDGED, 1, null, "ada");
  private static final Incident AGAIN = incident(IncidentStatus.OPEN, 2, null, null);
  private static final Incident OVER = incident(IncidentStatus.RESOLVED, 1, OPENED, "ada");

  /** An incident, what happens to it, and what is to be seen of it afterwards. */
  record Row(
      String name,
      Incident before,
      IncidentEvent event,
      IncidentStatus status,
      Severity severity,
      int epoch,
      int alerts,
      long firing) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
        row("opened again", OPEN, openedEvent(), IncidentStatus.OPEN, 1, 1, 1),
        row("alert added", OPEN, added(SECOND), IncidentStatus.OPEN, 1, 2, 2),
        row("alert added while held", HELD, added(SECOND), IncidentStatus.ACKNOWLEDGED, 1, 2, 2),
        row("alert added anew", OPEN, added(FIRST), IncidentStatus.OPEN, 1, 1, 1),
        row("alert cleared", OPEN, cleared(FIRST), IncidentStatus.OPEN, 1, 1, 0),
        row("unknown alert cleared", OPEN, cleared(SECOND), IncidentStatus.OPEN, 1, 1, 1),
        row(
            "anomaly added",
            OPEN,
            new IncidentEvent.AnomalyAdded(ID, NOW, 1, Specimens.ANOMALY),
            IncidentStatus.OPEN,
            1,
            1,
            1),
        new Row(
            "severity raised",
            HELD,
            new IncidentEvent.SeverityRaised(ID, NOW, 1, Severity.WARNING, Severity.CRITICAL),
            IncidentStatus.ACKNOWLEDGED,
            Severity.CRITICAL,
            1,
            1,
            1),
        row("flapping started", OPEN, flapping(), IncidentStatus.OPEN, 1, 1, 1),
        row(
            "flapping ended",
            OPEN.after(flapping()),
            new IncidentEvent.FlappingEnded(ID, NOW, 1, FIRST.identity()),
            IncidentStatus.OPEN,
            1,
            1,
            1),
        row("acknowledged", OPEN, acknowledged(), IncidentStatus.ACKNOWLEDGED, 1, 1, 1),
        row(
            "note added",
            HELD,
            new IncidentEvent.NoteAdded(ID, NOW, 1, "ada", "console", "looking"),
            IncidentStatus.ACKNOWLEDGED,
            1,
            1,
            1),
        row("related", HELD, related(), IncidentStatus.ACKNOWLEDGED, 1, 1, 1),
        row("one moved out", OPEN, movedOut(false), IncidentStatus.OPEN, 1, 0, 0),
        row("all moved out", OPEN, movedOut(true), IncidentStatus.OPEN, 1, 1, 1),
        row(
            "another's moved in",
            OPEN,
            new IncidentEvent.MovedIn(
                ID, NOW, 1, "inc_b", "Down", List.of("i"), true, "ada", "console"),
            IncidentStatus.OPEN,
            1,
            1,
            1),
        row("resolved", HELD, resolved(), IncidentStatus.RESOLVED, 1, 1, 1),
        row(
            "note added when over",
            OVER,
            new IncidentEvent.NoteAdded(ID, NOW, 1, "ada", "console", "was DNS"),
            IncidentStatus.RESOLVED,
            1,
            1,
            1),
        row(
            "reopened",
            OVER,
            new IncidentEvent.Reopened(ID, NOW, 2, SECOND),
            IncidentStatus.OPEN,
            2,
            2,
            2));
  }

  @Test
  void historyToldAgain_changesNothing() {
    IncidentEvent reopened = new IncidentEvent.Reopened(ID, NOW, 2, SECOND);
    for (IncidentEvent past : List.of(openedEvent(), acknowledged(), resolved(), reopened)) {
      assertThat(AGAIN.isNews(past)).as(past.type()).isFalse();
      assertThat(AGAIN.after(past)).as(past.type()).isEqualTo(AGAIN);
    }
    assertThat(OVER.isNews(acknowledged())).isFalse();
    assertThat(OVER.isNews(resolved())).isFalse();
    assertThat(OVER.isNews(reopened)).isTrue();
  }

  private static IncidentEvent movedOut(boolean whole) {
    return new IncidentEvent.MovedOut(
        ID, NOW, 1, List.of(FIRST.identity()), "inc_b", "g", whole, "ada", "console");
  }

  private static IncidentEvent related() {
    return new IncidentEvent.Related(
        ID, NOW, 1, List.of(), 0, new FirstCause(ID, null, "Down", 1, 2, List.of("it is first")));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void event_changesTheIncident(Row row) {
    Incident after = row.before().after(row.event());
    assertThat(after.status()).isEqualTo(row.status());
    assertThat(after.severity()).isEqualTo(row.severity());
    assertThat(after.epoch()).isEqualTo(row.epoch());
    assertThat(after.alerts()).hasSize(row.alerts());
    assertThat(after.firing()).isEqualTo(row.firing());
    assertThat(after.isResolved()).isEqualTo(row.status() == IncidentStatus.RESOLVED);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void event_leavesWhatTheIncidentIs(Row row) {
    Incident after = row.before().after(row.event());
    assertThat(after.id()).isEqualTo(row.before().id());
    assertThat(after.title()).isEqualTo(row.before().title());
    assertThat(after.group()).isEqualTo(row.before().group());
    assertThat(after.groupLabels()).isEqualTo(row.before().groupLabels());
    assertThat(after.openedAt()).isEqualTo(row.before().openedAt());
    assertThat(after.parent()).isEqualTo(row.before().parent());
    assertThat(after.updatedAt())
        .isEqualTo(row.event() instanceof IncidentEvent.Opened ? OPENED : NOW);
  }

  @Test
  void table_hasEveryEvent() {
    assertThat(rows().map(row -> (Object) row.event().getClass()))
        .contains((Object[]) IncidentEvent.class.getPermittedSubclasses());
  }

  @Test
  void opened_tellsItAll() {
    Incident opened = Incident.opened(openedEvent());
    assertThat(opened.alerts()).containsExactly(Map.entry(FIRST.identity(), FIRST));
    assertThat(opened.openedAt()).isEqualTo(OPENED);
    assertThat(opened.resolvedAt()).isNull();
    assertThat(opened.acknowledgedBy()).isNull();
    assertThat(opened.flapping()).isFalse();
  }

  @Test
  void acknowledged_namesWhoHasIt_untilReopened() {
    Incident held = OPEN.after(acknowledged());
    assertThat(held.acknowledgedBy()).isEqualTo("ada");
    Incident again = held.after(resolved()).after(new IncidentEvent.Reopened(ID, NOW, 2, SECOND));
    assertThat(again.acknowledgedBy()).isNull();
  }

  @Test
  void resolved_saysWhen_untilReopened() {
    Incident over = OPEN.after(resolved());
    assertThat(over.resolvedAt()).isEqualTo(NOW);
    assertThat(over.after(new IncidentEvent.Reopened(ID, NOW, 2, SECOND)).resolvedAt()).isNull();
  }

  @Test
  void cleared_saysWhenTheConditionEnded() {
    IncidentAlert after = OPEN.after(cleared(FIRST)).alerts().get(FIRST.identity());
    assertThat(after).isNotNull();
    assertThat(after.status()).isEqualTo(AlertStatus.RESOLVED);
    assertThat(after.endsAt()).isEqualTo(NOW);
    assertThat(after.startsAt()).isEqualTo(FIRST.startsAt());
  }

  @Test
  void flapping_isSeenUntilItEnds() {
    Incident flapping = OPEN.after(flapping());
    assertThat(flapping.flapping()).isTrue();
    assertThat(flapping.after(new IncidentEvent.FlappingEnded(ID, NOW, 1, "x")).flapping())
        .isFalse();
  }

  /** Detection says so of one that is over, and nothing else takes it back. */
  @Test
  void flapping_endsOnAResolvedIncidentToo() {
    Incident over = OPEN.after(flapping()).after(resolved());
    assertThat(over.flapping()).isTrue();
    assertThat(over.after(new IncidentEvent.FlappingEnded(ID, NOW, 1, "x")).flapping()).isFalse();
  }

  @Test
  void alerts_areListedOldestFirst_alsoWhenOneFiresAgain() {
    Incident two = OPEN.after(added(SECOND)).after(added(FIRST));
    assertThat(two.alerts().keySet()).containsExactly(FIRST.identity(), SECOND.identity());
  }

  @Test
  void alertsBeyondTheBound_areCounted_andKnownOnesStillChange() {
    Incident incident = OPEN;
    for (int i = 0; i < Incident.MOST_ALERTS + 10; i++) {
      incident = incident.after(added(alert("f" + i, Severity.INFO)));
    }
    assertThat(incident.alerts()).hasSize(Incident.MOST_ALERTS).containsKey(FIRST.identity());
    assertThat(incident.moreAlerts()).isEqualTo(11);
    Incident cleared = incident.after(cleared(FIRST));
    assertThat(cleared.firing()).isEqualTo(Incident.MOST_ALERTS - 1);
    assertThat(cleared.moreAlerts()).isEqualTo(11);
  }

  @Test
  void incident_isNeverChangedInPlace() {
    Incident before = OPEN.after(added(SECOND));
    before.after(cleared(FIRST));
    before.after(resolved());
    assertThat(before).isEqualTo(OPEN.after(added(SECOND)));
  }

  @Test
  void ids_tellEventsApart_andAreTheSameWhenDecidedAgain() {
    List<IncidentEvent> events = rows().map(Row::event).distinct().toList();
    Set<String> ids = new HashSet<>();
    events.forEach(event -> ids.add(event.id()));
    assertThat(ids).hasSize(events.size());
    assertThat(acknowledged().id()).isEqualTo(acknowledged().id());
  }

  @Test
  void twoNotesOfOnePersonInOneMillisecond_haveTwoIds() {
    IncidentEvent one = new IncidentEvent.NoteAdded(ID, NOW, 1, "ada", "console", "one");
    IncidentEvent two = new IncidentEvent.NoteAdded(ID, NOW, 1, "ada", "console", "two");
    assertThat(one.id()).isNotEqualTo(two.id());
  }

  private static Row row(
      String name,
      Incident before,
      IncidentEvent event,
      IncidentStatus status,
      int epoch,
      int alerts,
      long firing) {
    return new Row(name, before, event, status, before.severity(), epoch, alerts, firing);
  }

  private static Incident incident(
      IncidentStatus status, int epoch, @Nullable Instant resolvedAt, @Nullable String by) {
    Incident o = Incident.opened(openedEvent());
    return new Incident(
        o.id(),
        epoch,
        status,
        o.severity(),
        o.title(),
        o.group(),
        o.groupLabels(),
        o.openedAt(),
        o.updatedAt(),
        resolvedAt,
        by,
        o.parent(),
        o.alerts(),
        o.moreAlerts(),
        o.flapping());
  }

  private static IncidentEvent.Opened openedEvent() {
    IncidentEvent.Opened o = Specimens.opened();
    return new IncidentEvent.Opened(
        ID, OPENED, 1, o.group(), o.groupLabels(), o.title(), Severity.WARNING, FIRST, null);
  }

  private static IncidentEvent added(IncidentAlert alert) {
    return new AlertAdded(ID, NOW, 1, alert);
  }

  private static IncidentEvent cleared(IncidentAlert alert) {
    return new AlertCleared(ID, NOW, 1, alert.identity(), alert.alertId(), "said so");
  }

  private static IncidentEvent flapping() {
    return new IncidentEvent.FlappingStarted(ID, NOW, 1, FIRST.identity(), 5);
  }

  private static IncidentEvent acknowledged() {
    return new IncidentEvent.Acknowledged(ID, NOW, 1, "ada", "console");
  }

  private static IncidentEvent resolved() {
    return new IncidentEvent.Resolved(
        ID, NOW, 1, IncidentEvent.Cause.ALL_CLEAR, "tocsin", "detection");
  }

  private static IncidentAlert alert(String fingerprint, Severity severity) {
    IncidentAlert a = IncidentAlert.of(Specimens.ALERT);
    return new IncidentAlert(
        fingerprint + "-0",
        a.source(),
        a.org(),
        fingerprint,
        a.kind(),
        AlertStatus.FIRING,
        severity,
        a.title(),
        a.labels(),
        a.annotations(),
        a.startsAt(),
        null,
        a.receivedAt(),
        a.values(),
        a.links(),
        0);
  }
}
