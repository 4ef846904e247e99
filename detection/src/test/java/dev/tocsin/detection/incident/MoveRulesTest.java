// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import static dev.tocsin.detection.incident.SampleAlerts.GROUP;
import static dev.tocsin.detection.incident.SampleAlerts.T0;
import static dev.tocsin.detection.incident.SampleAlerts.firing;
import static dev.tocsin.detection.incident.SampleAlerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.detection.incident.MoveRules.Moved;
import dev.tocsin.schemas.alert.HeldBy;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.incident.IncidentEvent.Cause;
import dev.tocsin.schemas.move.Move;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One group's part in a move: what it lets go of, takes in, and tells others. */
class MoveRulesTest {

  private static final String THERE = "org=1,service=db";
  private static final String FIRST = "grafana/1/fp1";
  private static final String SECOND = "grafana/1/fp2";
  private static final Instant REOPENS_UNTIL = T0.plus(IncidentSettings.DEFAULT.reopenWithin());

  private static final IncidentState OVER = new IncidentState.Over("inc_1", 1, Severity.ERROR, T0);
  private static final IncidentState ACTIVE =
      new IncidentState.Active("inc_1", 1, Severity.ERROR, false);

  private final MoveRules rules = new MoveRules(IncidentSettings.DEFAULT, FlappingSettings.DEFAULT);
  private final Scene scene = new Scene();

  @Test
  void wholeGroup_leavesNothingThatCounts_alsoWhatNobodyListed() {
    scene.on(firing("a1"));
    scene.on(firing("b1").of("fp2"));

    Moved moved = out(true, firing("a1"));

    assertThat(events(moved)).containsExactly("moved-out", "resolved");
    AlertGroup left = moved.decisions().getLast().group();
    assertThat(left.incident()).isInstanceOf(IncidentState.Over.class);
    assertThat(left.firing()).isZero();
    assertThat(left.target(SECOND, T0)).isEqualTo(THERE);
    assertThat(moved.letters())
        .singleElement()
        .isInstanceOfSatisfying(
            Move.TakeIn.class, m -> assertThat(m.title()).isEqualTo("Checkout is slow"));
  }

  @Test
  void partOfAGroup_leavesTheRestOpen() {
    scene.on(firing("a1"));
    scene.on(firing("b1").of("fp2"));

    Moved moved = out(false, firing("a1"));

    assertThat(events(moved)).containsExactly("moved-out");
    AlertGroup left = moved.decisions().getLast().group();
    assertThat(left.firing()).isEqualTo(1);
    assertThat(left.target(FIRST, T0)).isEqualTo(THERE);
    assertThat(left.target(SECOND, T0)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    // conditions moved before, all of it, what is written down
    "99, false, done",
    "100, false, ignored: at most 100 conditions of a group can be moved one by one",
    "100, true, done"
  })
  void singleConditions_areMovedUpToAHundred(int before, boolean whole, String written) {
    scene.on(firing("a1"));
    List<String> moved = IntStream.range(0, before).mapToObj(i -> "other/" + i).toList();
    scene.group = scene.group.with(Redirects.NONE.toSome(moved, THERE));

    assertThat(out(whole, firing("a1")).decisions().getLast().audit().detail()).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    // incident, group it goes to, alert of it, what is written down
    "inc_other, there, fp1, ignored: the latest incident of the group is ",
    ", here, fp1, ignored: they are there already",
    ", storm/0/1, fp1, 'ignored: a storm takes in nothing, and is part of nothing'",
    ", there, fp9, ignored: none of them fires in it"
  })
  void wishThatMeansNothing_isWrittenDownAndIgnored(
      @Nullable String incident, String into, String fingerprint, String written) {
    scene.on(firing("a1"));
    String id = incident == null ? scene.incidentId() : incident;
    String to = into.equals("here") ? GROUP : into;

    Moved moved = out(id, to, false, firing("a1").of(fingerprint));

    assertThat(moved.decisions().getLast().audit().detail()).startsWith(written);
    assertThat(events(moved)).isEmpty();
    assertThat(moved.letters()).isEmpty();
  }

  @Test
  void wishAboutWhatIsOver_isWrittenDownAndIgnored() {
    scene.on(firing("a1"));
    scene.on(resolved("a2"));

    assertThat(out(true, firing("a1")).decisions().getLast().audit().detail())
        .isEqualTo("ignored: no such incident is open");
  }

  @Test
  void whatWasHeldBack_andIsReleased_goesWhereTheOthersWent() {
    scene.hold(HeldBy.Kind.SILENCE, Duration.ofHours(1)).on(firing("a1"));
    Condition.Held held = (Condition.Held) scene.conditions.get(FIRST);

    Moved moved = rules.released(scene.group, held, THERE, T0);

    assertThat(moved.decisions()).singleElement().extracting(Decision::condition).isNull();
    assertThat(moved.decisions().getFirst().group().known()).isZero();
    assertThat(moved.letters())
        .singleElement()
        .isInstanceOfSatisfying(
            Move.TakeIn.class,
            m -> {
              assertThat(m.group()).isEqualTo(THERE);
              assertThat(m.incidentId()).isNull();
              assertThat(m.alerts()).containsExactly(held.alert());
            });
  }

  @Test
  void whatComesIn_opensAnIncident_andHearsOfItsEndLater() {
    Moved moved = rules.in(scene.group, _ -> null, takeIn(firing("a1")), T0);

    assertThat(events(moved)).containsExactly("opened", "moved-in");
    assertThat(moved.letters()).isEmpty();
    assertThat(moved.decisions().getLast().group().redirects().takenFrom()).containsExactly(THERE);
  }

  @Test
  void whatComesIn_beganWhenItsSourceSaid_ifItDid() {
    assertThat(episodeOf(firing("a1"))).isEqualTo(new Episode(T0, true));
    assertThat(episodeOf(firing("a1").startsWhenReceived(0))).isEqualTo(new Episode(T0, false));
  }

  private Episode episodeOf(SampleAlerts alert) {
    Moved moved = rules.in(scene.group, _ -> null, takeIn(alert), T0);
    return moved.decisions().getFirst().condition().episode();
  }

  @Test
  void whatComesIn_andFiresHereAlready_beginsNothing() {
    scene.on(firing("a1"));

    Moved moved = rules.in(scene.group, scene.conditions::get, takeIn(firing("a1")), T0);

    assertThat(events(moved)).containsExactly("moved-in");
  }

  @Test
  void whatComesIn_andWasOverHere_firesAgain_andKeepsItsTurns() {
    scene.on(firing("a1"));
    scene.on(resolved("a2"));

    Moved moved =
        rules.in(scene.group, scene.conditions::get, takeIn(firing("a3").startsAt(120)), T0);

    assertThat(events(moved)).containsExactly("reopened", "moved-in");
    assertThat(moved.decisions().getFirst().condition().turns()).hasSize(3);
  }

  @Test
  void nothingThatComesIn_whereNothingIsOpen_isGivenBack() {
    Moved moved = rules.in(scene.group, _ -> null, takeIn(), T0);

    assertThat(moved.letters()).containsExactly(new Move.Target(THERE, GROUP, T0, T0));
  }

  @Test
  void endOfWhatAllWentTo_isPassedOnToThoseWhoWereHereBefore() {
    AlertGroup group = scene.group.with(Redirects.NONE.tookFrom("g0").toAll(THERE));
    Instant until = T0.plusSeconds(60);

    Moved moved = rules.target(group, new Move.Target(GROUP, THERE, until, T0), T0);

    assertThat(moved.letters()).containsExactly(new Move.Target("g0", GROUP, until, T0));
    AlertGroup after = moved.decisions().getFirst().group();
    assertThat(after.target(FIRST, T0.plusSeconds(59))).isEqualTo(THERE);
    assertThat(after.target(FIRST, until)).isNull();
  }

  @Test
  void endOfWhatSomeWentTo_isForThemAlone() {
    AlertGroup group =
        scene.group.with(Redirects.NONE.tookFrom("g0").toSome(List.of(FIRST), THERE));
    Instant until = T0.plusSeconds(60);

    Moved moved = rules.target(group, new Move.Target(GROUP, THERE, until, T0), T0);

    assertThat(moved.letters()).isEmpty();
    assertThat(moved.decisions().getFirst().group().target(FIRST, until)).isNull();
  }

  @Test
  void endOfWhatNothingWentTo_changesNothing() {
    AlertGroup group = scene.group.with(Redirects.NONE.tookFrom("g0").toAll(THERE));

    Moved moved = rules.target(group, new Move.Target(GROUP, "g9", T0.plusSeconds(60), T0), T0);

    assertThat(moved).isEqualTo(new Moved(List.of(), List.of()));
  }

  static Stream<Arguments> events() {
    return Stream.of(
        Arguments.of(resolvedBy(Cause.ALL_CLEAR), List.of(target(REOPENS_UNTIL))),
        Arguments.of(resolvedBy(Cause.EXPIRED), List.of(target(REOPENS_UNTIL))),
        Arguments.of(resolvedBy(Cause.COMMAND), List.of()),
        Arguments.of(resolvedBy(Cause.MERGED), List.of()),
        Arguments.of(
            new IncidentEvent.Reopened("inc_1", T0, 2, IncidentAlert.of(firing("a1").alert())),
            List.of(target(null))),
        Arguments.of(new IncidentEvent.Acknowledged("inc_1", T0, 1, "ann", "console"), List.of()));
  }

  @ParameterizedTest
  @MethodSource("events")
  void thoseWhoseConditionsAreHere_hearWhetherTheyAreToSendMore(
      IncidentEvent event, List<Move> letters) {
    assertThat(rules.letters(decision(took(), event), T0)).isEqualTo(letters);
    assertThat(rules.letters(decision(scene.group, event), T0)).isEmpty();
    assertThat(rules.letters(decision(scene.group.with(Redirects.NONE), event), T0)).isEmpty();
  }

  static Stream<Arguments> carried() {
    return Stream.of(
        // the incident here, whether the report fires, letters
        Arguments.of(OVER, false, List.of(target(REOPENS_UNTIL))),
        Arguments.of(OVER, true, List.of()),
        Arguments.of(ACTIVE, false, List.of()),
        Arguments.of(ACTIVE, true, List.of()));
  }

  @ParameterizedTest
  @MethodSource("carried")
  void carriedEnd_whereNothingIsOpen_isAnsweredWithTheWayBack(
      IncidentState incident, boolean firing, List<Move> letters) {
    Moved moved = rules.carried(decision(scene.group.with(incident)), THERE, firing, T0);

    assertThat(moved.letters()).isEqualTo(letters);
    assertThat(moved.decisions().getFirst().group().redirects().takenFrom()).containsExactly(THERE);
  }

  @Test
  void carriedEnd_thatEndsTheIncident_isAnsweredOnce() {
    Decision decision = decision(took().with(OVER), resolvedBy(Cause.ALL_CLEAR));

    Moved moved = rules.carried(decision, THERE, false, T0);

    assertThat(moved.letters()).containsExactly(target(REOPENS_UNTIL));
    assertThat(moved.decisions().getFirst().group().redirects().takenFrom()).containsExactly(THERE);
  }

  private AlertGroup took() {
    return scene.group.with(Redirects.NONE.tookFrom(THERE));
  }

  private static IncidentEvent resolvedBy(Cause cause) {
    return new IncidentEvent.Resolved("inc_1", T0, 1, cause, "tocsin", "detection");
  }

  private static Move target(@Nullable Instant until) {
    return new Move.Target(THERE, GROUP, until, T0);
  }

  private static Decision decision(AlertGroup group, IncidentEvent... events) {
    return new Decision(group, null, null, List.of(events), null, null);
  }

  private static Move.TakeIn takeIn(SampleAlerts... alerts) {
    return new Move.TakeIn(
        GROUP,
        null,
        "inc_there",
        THERE,
        "Slow",
        Map.of(),
        members(alerts),
        true,
        "ann",
        "console",
        T0);
  }

  private Moved out(boolean whole, SampleAlerts... alerts) {
    return out(scene.incidentId(), THERE, whole, alerts);
  }

  private Moved out(String incident, String into, boolean whole, SampleAlerts... alerts) {
    Command.MoveAlerts wish =
        new Command.MoveAlerts(
            "c1",
            incident,
            GROUP,
            "ann",
            "console",
            T0,
            null,
            into,
            Map.of(),
            whole,
            members(alerts));
    return rules.out(scene.group, scene.conditions::get, wish, T0);
  }

  private static List<IncidentAlert> members(SampleAlerts... alerts) {
    return Stream.of(alerts).map(a -> IncidentAlert.of(a.alert())).toList();
  }

  private static List<String> events(Moved moved) {
    return moved.decisions().stream()
        .flatMap(d -> d.events().stream())
        .map(IncidentEvent::type)
        .toList();
  }
}
