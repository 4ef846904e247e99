// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import static dev.tocsin.detection.incident.SampleAlerts.firing;
import static dev.tocsin.detection.incident.SampleAlerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.detection.incident.SampleAlerts;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.alert.AlertOutcome.Reason;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.move.Move;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person puts alerts where they belong, and later ones go there too. */
class MoveTopologyTest {

  private static final String WEB = "org=1,service=web";
  private static final String DB = "org=1,service=db";

  @TempDir Path state;
  private Instant now = SampleAlerts.T0;
  private int sent;
  private int commands;
  private final List<String> moves = new ArrayList<>();
  private final List<AlertOutcome> outcomes = new ArrayList<>();
  private TopologyTestDriver driver;

  @BeforeEach
  void start() {
    driver =
        Driven.by(
            DetectionTopology.build(
                SmallSettings.of(DetectionSettings.standard()),
                1,
                new DetectionMetrics(new SimpleMeterRegistry())),
            state,
            SampleAlerts.T0);
  }

  @AfterEach
  void everyAlert_hasOneOutcome() {
    assertThat(outcomes).extracting(AlertOutcome::alertId).doesNotHaveDuplicates().hasSize(sent);
    driver.close();
  }

  @Test
  void mergedIncident_isOver_andItsAlertsAreInTheOther() {
    String web = open("w1", "web", WEB);
    String db = open("d1", "db", DB);
    move(web, WEB, db, DB, true, firing("w1").of("web").group(WEB));
    assertThat(events())
        .containsExactlyInAnyOrder(
            web + " moved-out", web + " resolved", db + " alert-added", db + " moved-in");
    assertThat(audited()).containsExactly("done");

    assertThat(report(firing("w2").of("web").group(WEB)))
        .satisfies(
            o -> {
              assertThat(o.reason()).isEqualTo(Reason.SAME_EPISODE);
              assertThat(o.incidentId()).isEqualTo(db);
              assertThat(o.detail()).endsWith("A person had put it here from " + WEB + '.');
            });
    assertThat(report(firing("w3").of("web-2").group(WEB)).incidentId()).isEqualTo(db);
    assertThat(events()).containsExactly(db + " alert-added");
    report(resolved("d2").of("db").group(DB));
    report(resolved("w4").of("web").group(WEB));
    assertThat(events()).containsExactly(db + " alert-cleared", db + " alert-cleared");
    report(resolved("w5").of("web-2").group(WEB));
    assertThat(events()).containsExactly(db + " alert-cleared", db + " resolved");
  }

  @Test
  void laterAlerts_goThereUntilTheIncidentIsOverForGood() {
    String web = open("w1", "web", WEB);
    String db = open("d1", "db", DB);
    move(web, WEB, db, DB, true, firing("w1").of("web").group(WEB));
    report(resolved("d2").of("db").group(DB));
    report(resolved("w2").of("web").group(WEB));
    assertThat(events()).endsWith(db + " resolved");

    pass(Duration.ofMinutes(9));
    assertThat(report(firing("w3").of("web").group(WEB).startsAt(700)))
        .satisfies(
            o -> {
              assertThat(o.reason()).isEqualTo(Reason.REOPENED_GROUP);
              assertThat(o.incidentId()).isEqualTo(db);
            });
    pass(Duration.ofMinutes(30));
    assertThat(report(firing("w4").of("web").group(WEB).startsAt(700)).incidentId())
        .as("open again, so it sticks")
        .isEqualTo(db);
    report(resolved("w5").of("web").group(WEB).startsAt(700));
    pass(Duration.ofMinutes(11));
    assertThat(report(firing("w6").of("web").group(WEB).startsAt(6000)))
        .satisfies(
            o -> {
              assertThat(o.reason()).isEqualTo(Reason.NEW_GROUP);
              assertThat(o.incidentId()).isNotIn(web, db);
            });
  }

  @Test
  void whatAPersonDismissed_doesNotComeBackByItsOldWay() {
    String web = open("w1", "web", WEB);
    String db = open("d1", "db", DB);
    move(web, WEB, db, DB, true, firing("w1").of("web").group(WEB));
    send(Topics.COMMANDS, DB, new Command.Resolve("r", db, DB, "ann", "console", now));
    pass(Duration.ofHours(2));
    assertThat(report(firing("w2").of("web").group(WEB)).outcome())
        .isEqualTo(AlertOutcome.Outcome.REPEAT);
  }

  @Test
  void splitAlerts_openAnIncidentOfTheirOwn_andTheRestStays() {
    String web = open("w1", "web", WEB);
    report(firing("w2").of("disk").group(WEB));
    events();
    move(web, WEB, null, "split_1", false, firing("w2").of("disk").group(WEB));
    List<String> events = events();
    assertThat(events).contains(web + " moved-out").hasSize(3);
    String split = report(firing("w3").of("disk").group(WEB)).incidentId();
    assertThat(split).isNotEqualTo(web);
    assertThat(events).contains(split + " opened", split + " moved-in");
    assertThat(report(firing("w4").of("web").group(WEB)).incidentId()).isEqualTo(web);
    report(resolved("w5").of("web").group(WEB));
    assertThat(events()).containsExactly(web + " alert-cleared", web + " resolved");
    report(resolved("w6").of("disk").group(WEB));
    assertThat(events()).containsExactly(split + " alert-cleared", split + " resolved");
  }

  @Test
  void movedThereAndBack_isWhereThePersonPutItLast() {
    String web = open("w1", "web", WEB);
    report(firing("w2").of("disk").group(WEB));
    String db = open("d1", "db", DB);
    SampleAlerts disk = firing("w2").of("disk").group(WEB);
    move(web, WEB, db, DB, false, disk);
    assertThat(report(firing("w3").of("disk").group(WEB)).incidentId()).isEqualTo(db);
    move(db, DB, web, WEB, false, disk);
    assertThat(report(firing("w4").of("disk").group(WEB)).incidentId()).isEqualTo(web);
    assertThat(audited()).containsExactly("done", "done");
  }

  @Test
  void mergedIntoWhatIsMergedOn_goesAllTheWay() {
    String a = open("a1", "a", WEB);
    String b = open("b1", "b", DB);
    String c = open("c1", "c", "org=1,service=mail");
    move(a, WEB, b, DB, true, firing("a1").of("a").group(WEB));
    move(b, DB, c, "org=1,service=mail", true, firing("b1").of("b"), firing("a1").of("a"));
    assertThat(report(firing("a2").of("a").group(WEB)).incidentId()).isEqualTo(c);
    report(resolved("a3").of("a").group(WEB));
    report(resolved("b2").of("b").group(DB));
    events();
    report(resolved("c2").of("c").group("org=1,service=mail"));
    assertThat(events()).endsWith(c + " resolved");
    pass(Duration.ofMinutes(11));
    assertThat(report(firing("a4").of("a").group(WEB).startsAt(6000)).incidentId())
        .isNotIn(a, b, c);
  }

  /** Two people at once, on two partitions: each let go of theirs before the letters came. */
  @Test
  void mergedIntoEachOther_losesNothing_andGoesRoundNowhere() {
    String a = open("a1", "a", WEB);
    IncidentAlert of = IncidentAlert.of(firing("b1").of("b").group(DB).alert());
    move(a, WEB, "inc_b", DB, true, firing("a1").of("a").group(WEB));
    send(
        Topics.MOVES,
        WEB,
        new Move.TakeIn(
            WEB, a, "inc_b", DB, "b", Map.of(), List.of(of), true, "bob", "console", now));
    events();
    assertThat(report(firing("a2").of("a").group(WEB)).incidentId()).isNotNull();
    report(firing("b2").of("b").group(DB));
    assertThat(moves.size()).as("letters").isLessThan(12);
  }

  @Test
  void carriedAlert_neverGoesWhereItWas() {
    String web = open("w1", "web", WEB);
    String db = open("d1", "db", DB);
    move(web, WEB, db, DB, true, firing("w1").of("web").group(WEB));
    Alert alert = firing("w9").of("web").alert();
    send(Topics.MOVES, WEB, new Move.Carried(WEB, alert, List.of(DB), now));
    sent++;
    collect();
    assertThat(outcomes.getLast().alertId()).isEqualTo("w9");
    assertThat(outcomes.getLast().group()).isEqualTo(WEB);
  }

  @Test
  void wishesThatMeanNothing_areAuditedAndIgnored() {
    String web = open("w1", "web", WEB);
    SampleAlerts w1 = firing("w1").of("web").group(WEB);
    move("inc_other", WEB, "inc_b", DB, true, w1);
    move(web, WEB, web, WEB, true, w1);
    move(web, WEB, "inc_s", "storm/0/1", true, w1);
    move(web, WEB, "inc_b", DB, false, firing("x").of("unknown").group(WEB));
    move("inc_b", DB, web, WEB, true, w1);
    assertThat(events()).isEmpty();
    assertThat(audited())
        .containsExactly(
            "ignored: the latest incident of the group is " + web,
            "ignored: they are there already",
            "ignored: a storm takes in nothing, and is part of nothing",
            "ignored: none of them fires in it",
            "ignored: no such incident is open");
  }

  private String open(String id, String fingerprint, String group) {
    String incident = report(firing(id).of(fingerprint).group(group)).incidentId();
    events();
    return String.valueOf(incident);
  }

  private AlertOutcome report(SampleAlerts sample) {
    Alert alert = sample.alert();
    sent++;
    send(Topics.ALERTS, alert.group(), alert);
    collect();
    return outcomes.getLast();
  }

  private void move(
      String incident,
      String group,
      @Nullable String into,
      String intoGroup,
      boolean whole,
      SampleAlerts... alerts) {
    send(
        Topics.COMMANDS,
        group,
        new Command.MoveAlerts(
            "c" + commands++,
            incident,
            group,
            "ann",
            "console",
            now,
            into,
            intoGroup,
            Map.of("service", "web"),
            whole,
            List.of(alerts).stream().map(a -> IncidentAlert.of(a.alert())).toList()));
    collect();
  }

  private void collect() {
    outcomes.addAll(read(Topics.ALERT_OUTCOMES));
    read(Topics.MOVES).forEach(move -> moves.add(move.id()));
  }

  private List<String> events() {
    return read(Topics.INCIDENTS).stream().map(e -> e.incidentId() + ' ' + e.type()).toList();
  }

  private List<String> audited() {
    return read(Topics.AUDIT).stream().map(AuditEntry::detail).toList();
  }

  private void pass(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  private <V> void send(Topic<V> topic, String key, V value) {
    Driven.in(driver, topic).pipeInput(key, value, now);
  }

  private <V> List<V> read(Topic<V> topic) {
    return Driven.out(driver, topic).readValuesToList();
  }
}
