// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import static dev.tocsin.notifier.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.callback.Change;
import dev.tocsin.schemas.command.Command;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Change by change: what comes of it while the incident is open, and after it was over. */
class CallbackRulesTest {

  private static final Watched OPEN =
      Watched.unresolved("inc_1", 2, "prod/shop", NOON.minusSeconds(600));
  private static final Watched OVER = OPEN.resolve(NOON.minusSeconds(60));

  @ParameterizedTest
  @CsvSource({
    "acknowledged, acknowledge,      nothing",
    "resolved,     resolve,          nothing",
    "merged,       acknowledge note, nothing",
    "reopened,     note,             note",
    "assigned,     note,             nothing",
    "noted,        note,             note",
    "moved,        nothing,          nothing",
  })
  void page_isTheIncidentItself(String change, String whileOpen, String whenOver) {
    assertThat(decide("pagerduty", change, OPEN, 2)).isEqualTo(whileOpen);
    assertThat(decide("pagerduty", change, OVER, 2)).isEqualTo(whenOver);
  }

  @ParameterizedTest
  @CsvSource({"acknowledged", "resolved", "merged", "reopened", "assigned"})
  void pageOfAnEarlierEpoch_changesNothing(String change) {
    assertThat(decide("pagerduty", change, OPEN, 1)).isEqualTo("nothing");
  }

  @Test
  void noteOnAnEarlierPage_isSaidAllTheSame() {
    assertThat(decide("pagerduty", "noted", OPEN, 1)).isEqualTo("note");
  }

  @ParameterizedTest
  @CsvSource({
    "acknowledged, acknowledge, nothing",
    "resolved,     resolve,     nothing",
    "merged,       nothing,     nothing",
    "reopened,     nothing,     nothing",
    "assigned,     nothing,     nothing",
    "noted,        nothing,     nothing",
    "moved,        nothing,     nothing",
  })
  void post_hasTwoButtons(String change, String whileOpen, String whenOver) {
    assertThat(decide("slack", change, OPEN, 2)).isEqualTo(whileOpen);
    assertThat(decide("slack", change, OVER, 2)).isEqualTo(whenOver);
  }

  @ParameterizedTest
  @CsvSource({"acknowledged, 1", "resolved, 1", "acknowledged, 3", "resolved, 3", "resolved, 0"})
  void buttonOfAnotherEpoch_changesNothing(String change, int epoch) {
    assertThat(decide("slack", change, OPEN, epoch)).isEqualTo("nothing");
  }

  @ParameterizedTest
  @CsvSource({
    "acknowledged, NOTHING,     true,  nothing",
    "acknowledged, ACKNOWLEDGE, false, nothing",
    "acknowledged, RESOLVE,     false, nothing",
    "resolved,     NOTHING,     true,  resolve",
    "resolved,     ACKNOWLEDGE, false, resolve",
    "resolved,     RESOLVE,     false, nothing",
  })
  void buttonForWhatIsDoneOrAskedFor_changesNothing(
      String change, Watched.Asked asked, boolean acknowledged, String outcome) {
    Watched watched = (acknowledged ? OPEN.acknowledge() : OPEN).ask(asked);
    assertThat(decide("slack", change, watched, 2)).isEqualTo(outcome);
  }

  @Test
  void whoPressed_isNamed_andTheIncidentsEpochToo() {
    assertThat(rules("slack", "resolved", OPEN, 2).getFirst())
        .isInstanceOfSatisfying(
            Command.Resolve.class,
            resolve -> {
              assertThat(resolve.by()).isEqualTo("Ada");
              assertThat(resolve.via()).isEqualTo("slack");
              assertThat(resolve.incidentId()).isEqualTo("inc_1");
              assertThat(resolve.epoch()).isEqualTo(2);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "acknowledged, nothing, nothing",
    "resolved,     note,    nothing",
    "merged,       nothing, nothing",
    "reopened,     nothing, nothing",
    "assigned,     note,    nothing",
    "noted,        note,    note",
    "moved,        nothing, note",
  })
  void ticket_isWorkOfItsOwn(String change, String whileOpen, String whenOver) {
    assertThat(decide("jira", change, OPEN, 0)).isEqualTo(whileOpen);
    assertThat(decide("jira", change, OVER, 0)).isEqualTo(whenOver);
  }

  @Test
  void ticketThatIsDone_endsTheIncident_whereThatIsConfigured() {
    Callback done = callback("jira", "resolved", NOON);
    assertThat(shortly(new CallbackRules(true).decide(done, OPEN, 0, NOON))).isEqualTo("resolve");
    assertThat(
            shortly(new CallbackRules(true).decide(done, OPEN.ask(Watched.Asked.RESOLVE), 0, NOON)))
        .isEqualTo("nothing");
  }

  @Test
  void ticketThatWasDoneInAnEarlierEpoch_isNoNews() {
    Callback done = callback("jira", "resolved", OPEN.since().minusSeconds(1));
    for (boolean doneResolves : List.of(true, false)) {
      assertThat(new CallbackRules(doneResolves).decide(done, OPEN, 0, NOON)).isEmpty();
    }
  }

  @Test
  void ticketMovedBeforeTheEnd_wasNotReopened() {
    Callback moved = callback("jira", "moved", NOON.minusSeconds(61));
    assertThat(new CallbackRules(false).decide(moved, OVER, 0, NOON)).isEmpty();
  }

  @Test
  void repeatedWish_isNotWished_andHasItsIdFromWhatWasDone() {
    assertThat(decide("pagerduty", "acknowledged", OPEN.acknowledge(), 2)).isEqualTo("nothing");
    assertThat(decide("pagerduty", "resolved", OPEN.ask(Watched.Asked.RESOLVE), 2))
        .isEqualTo("nothing");
    Command first = rules("pagerduty", "noted", OPEN, 2).getFirst();
    assertThat(rules("pagerduty", "noted", OVER, 2).getFirst().id()).isEqualTo(first.id());
  }

  @Test
  void person_isNamed_andTheVendorIsTheWay() {
    assertThat(rules("jira", "assigned", OPEN, 0).getFirst())
        .isInstanceOfSatisfying(
            Command.AddNote.class,
            note -> {
              assertThat(note.by()).isEqualTo("Ada");
              assertThat(note.via()).isEqualTo("jira");
              assertThat(note.group()).isEqualTo("prod/shop");
              assertThat(note.text()).isEqualTo("Assigned OPS-1 to Ben.");
            });
  }

  private static String decide(String vendor, String change, Watched watched, int epoch) {
    return shortly(rules(vendor, change, watched, epoch));
  }

  private static List<Command> rules(String vendor, String change, Watched watched, int epoch) {
    return new CallbackRules(false).decide(callback(vendor, change, NOON), watched, epoch, NOON);
  }

  static Callback callback(String vendor, String change, Instant at) {
    return new Callback(
        "cb_" + change,
        vendor,
        vendor.equals("jira") ? "OPS-1" : "Q1",
        null,
        switch (change) {
          case "acknowledged" -> new Change.Acknowledged();
          case "resolved" -> new Change.Resolved("Done");
          case "merged" -> new Change.Merged("Database down");
          case "reopened" -> new Change.Reopened();
          case "moved" -> new Change.Moved("In Progress");
          case "assigned" -> new Change.Assigned("Ben");
          default -> new Change.Noted("n1", "looking");
        },
        "Ada",
        at,
        at);
  }

  private static String shortly(List<Command> commands) {
    if (commands.isEmpty()) {
      return "nothing";
    }
    return String.join(
        " ",
        commands.stream()
            .map(
                command ->
                    switch (command) {
                      case Command.Acknowledge _ -> "acknowledge";
                      case Command.Resolve _ -> "resolve";
                      case Command.AddNote _ -> "note";
                      case Command.MoveAlerts _,
                          Command.ReplayDelivery _,
                          Command.TestSubscription _,
                          Command.DeleteSubscription _ ->
                          "another";
                    })
            .toList());
  }
}
