// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import static dev.tocsin.notifier.Samples.PAGERDUTY;
import static dev.tocsin.notifier.Samples.notification;
import static dev.tocsin.notifier.Samples.page;
import static dev.tocsin.notifier.Samples.resolve;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.Samples;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.delivery.Delivery.Status;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A page that its endpoint does not take for 60 s, and another channel beside it. */
class SecondChannelTest {

  private static final String SECOND = "pagerduty-second/default";
  private static final Outcome ACCEPTED = new Outcome.Delivered("R-1");
  private static final Outcome UNAVAILABLE =
      new Outcome.TryAgain(Reason.SERVER_ERROR, "503", Duration.ofSeconds(25));

  private static final LaneProfile PLAIN =
      new LaneProfile(
              2,
              0,
              Duration.ofSeconds(20),
              Stream.of(1, 2, 60, 60, 60, 60).map(Duration::ofSeconds).toList(),
              LaneProfile.AfterUnknown.REPEAT)
          .hedgingAfter(Duration.ofSeconds(5));

  private final LanesDriver driver =
      new LanesDriver(
          Map.of(
              "pagerduty",
              PLAIN.withSecond(new LaneProfile.Second(SECOND, Duration.ofSeconds(60))),
              "pagerduty-second",
              PLAIN));

  private Attempt only(String endpoint) {
    List<Attempt> found = to(endpoint);
    assertThat(found).as("attempts at " + endpoint).hasSize(1);
    return found.getFirst();
  }

  private List<Attempt> to(String endpoint) {
    return driver.attempts().stream()
        .filter(a -> a.notification().endpoint().equals(endpoint))
        .toList();
  }

  /** The first says 503 and nothing more, until the page is on its way over the second. */
  private Attempt pagedOverBoth() {
    driver.plan(page("inc1"));
    driver.answer(driver.attempt(), UNAVAILABLE);
    driver.passTo(Samples.NOON.plusMillis(59_800));
    assertThat(to(SECOND)).isEmpty();
    driver.passTo(Samples.NOON.plusMillis(60_300));
    return only(SECOND);
  }

  @Test
  void pageThatIsTaken_goesNowhereElse() {
    driver.plan(page("inc1"));
    driver.answer(driver.attempt(), ACCEPTED);
    driver.pass(Duration.ofMinutes(5));
    assertThat(driver.attempts()).isEmpty();
    assertThat(driver.notifications()).isEmpty();
  }

  @Test
  void pageThatIsNotTakenFor60s_goesOverTheSecondAsWell() {
    Attempt second = pagedOverBoth();
    assertThat(second.notification().content()).isEqualTo(page("inc1").content());
    assertThat(driver.deliveries())
        .anySatisfy(
            d -> {
              assertThat(d.id()).isEqualTo("page-inc1");
              assertThat(d.status()).isEqualTo(Status.PENDING);
              assertThat(d.detail())
                  .isEqualTo("not taken for 60 s: goes to " + SECOND + " as well");
            });
    driver.answer(second, ACCEPTED);
    assertThat(driver.delivery().notification().endpoint()).isEqualTo(SECOND);
    driver.pass(Duration.ofHours(1));
    assertThat(to(SECOND)).as("never twice").isEmpty();
  }

  @Test
  void pageOfWhichNothingIsHeard_goesOverTheSecond_60sAfterItsFirstAttempt() {
    driver.plan(page("inc1"));
    driver.passTo(Samples.NOON.plusMillis(59_800));
    assertThat(to(SECOND)).isEmpty();
    driver.passTo(Samples.NOON.plusMillis(60_300));
    assertThat(only(SECOND).n()).isEqualTo(1);
  }

  @Test
  void pageThatCannotLeave_goesOverTheSecond_60sAfterItWasPlanned() {
    driver.plan(page("inc1"), page("inc2"), page("inc3"));
    assertThat(driver.attempts()).hasSize(2);
    driver.pass(Duration.ofMillis(60_300));
    assertThat(driver.notifications())
        .filteredOn(n -> n.endpoint().equals(SECOND))
        .extracting(Notification::incidentId)
        .containsExactlyInAnyOrder("inc1", "inc2", "inc3");
  }

  @Test
  void pageThatIsGivenUp_goesOverTheSecondAtOnce() {
    driver.plan(page("inc1"));
    driver.answer(driver.attempt(), new Outcome.GiveUp(Reason.BAD_REQUEST, "no such key"));
    assertThat(driver.deliveries())
        .filteredOn(d -> d.status() == Status.DEAD)
        .extracting(Delivery::detail)
        .containsExactly("BAD_REQUEST: no such key: goes to " + SECOND + " as well");
    driver.answer(only(SECOND), ACCEPTED);
    assertThat(driver.isWaiting()).isFalse();
    driver.pass(Duration.ofMinutes(5));
    assertThat(driver.attempts()).isEmpty();
  }

  @Test
  void pageThatIsTakenInTime_callsTheSecondOff() {
    driver.plan(page("inc1"));
    driver.answer(driver.attempt(), UNAVAILABLE);
    driver.passTo(Samples.NOON.plusSeconds(50));
    driver.answer(driver.attempts().getLast(), ACCEPTED);
    assertThat(driver.isWaiting()).isFalse();
    driver.pass(Duration.ofMinutes(5));
    assertThat(driver.attempts()).isEmpty();
  }

  @Test
  void hedgedPageThatIsTakenInTime_callsTheSecondOff() {
    driver.plan(page("inc1"));
    Attempt first = driver.attempt();
    driver.pass(Duration.ofMillis(5_200));
    Attempt hedge = driver.attempt();
    driver.answer(first, ACCEPTED);
    driver.answer(hedge, ACCEPTED);
    assertThat(driver.isWaiting()).isFalse();
  }

  @Test
  void pageThatIsReplayed_andCannotLeave_goesOverTheSecond() {
    driver.plan(page("inc1"));
    driver.answer(driver.attempt(), ACCEPTED);
    driver.plan(page("inc2"), page("inc3"));
    driver.replay(PAGERDUTY, "page-inc1");
    driver.attempts();
    driver.pass(Duration.ofMillis(60_300));
    assertThat(driver.notifications())
        .filteredOn(n -> n.endpoint().equals(SECOND))
        .extracting(Notification::incidentId)
        .contains("inc1");
  }

  @Test
  void pageThatIsOverBefore_wakesNobodyThere() {
    driver.plan(page("inc1"), resolve("inc1"));
    driver.answer(driver.attempt(), UNAVAILABLE);
    driver.pass(Duration.ofSeconds(90));
    assertThat(to(SECOND)).isEmpty();
  }

  @Test
  void pageThatIsOver_wakesNobodyThere_evenWhenItsIncidentWasReopenedAndIsOverAgain() {
    driver.plan(
        page("inc1"),
        resolve("inc1"),
        notification("page2-inc1", PAGERDUTY, "inc1", null, page("inc2").content()),
        notification("resolve2-inc1", PAGERDUTY, "inc1", "page2-inc1", resolve("inc2").content()));
    driver.answer(driver.attempt(), UNAVAILABLE);
    driver.pass(Duration.ofSeconds(90));
    assertThat(driver.notifications()).noneMatch(n -> n.endpoint().equals(SECOND));
  }

  @Test
  void whatIsSaidOfThePageLater_followsIt_afterItAndInOrder() {
    Attempt second = pagedOverBoth();
    driver.plan(
        notification(
            "ack-inc1",
            PAGERDUTY,
            "inc1",
            "page-inc1",
            new Content.PageAcknowledge("tocsin-inc1-1")),
        notification(
            "note-inc1",
            PAGERDUTY,
            "inc1",
            "page-inc1",
            new Content.PageNote("tocsin-inc1-1", "look")),
        resolve("inc1"));
    assertThat(to(SECOND)).as("the page comes first").isEmpty();
    driver.answer(second, ACCEPTED);
    Attempt acknowledge = only(SECOND);
    assertThat(acknowledge.notification().content()).isInstanceOf(Content.PageAcknowledge.class);
    driver.answer(acknowledge, ACCEPTED);
    Attempt end = only(SECOND);
    assertThat(end.notification().content()).isInstanceOf(Content.PageResolve.class);
    driver.answer(end, ACCEPTED);
  }

  @Test
  void firstThatTakesItLate_changesNothing_andBothAreResolved() {
    Attempt second = pagedOverBoth();
    driver.answer(second, ACCEPTED);
    driver.pass(Duration.ofSeconds(25));
    driver.answer(to(PAGERDUTY).getLast(), ACCEPTED);
    assertThat(driver.delivery().status()).isEqualTo(Status.DELIVERED);
    driver.plan(resolve("inc1"));
    assertThat(driver.attempts().stream().map(a -> a.notification().endpoint()))
        .containsExactlyInAnyOrder(PAGERDUTY, SECOND);
  }

  @Test
  void pageThatIsPlannedAgain_orReplayed_isNotDoubledThere() {
    driver.answer(pagedOverBoth(), ACCEPTED);
    driver.plan(page("inc1"));
    driver.pass(Duration.ofMinutes(10));
    driver.deliveries();
    driver.attempts();
    driver.replay(PAGERDUTY, "page-inc1");
    driver.pass(Duration.ofMinutes(10));
    assertThat(to(SECOND)).isEmpty();
  }
}
