// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import static dev.tocsin.notifier.Samples.PAGERDUTY;
import static dev.tocsin.notifier.Samples.page;
import static dev.tocsin.notifier.Samples.resolve;
import static dev.tocsin.notifier.Samples.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.delivery.Delivery.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A page of which nothing is heard for 5 s, at an endpoint with a lease of 20 s. */
class HedgedPageTest {

  private static final Outcome ACCEPTED = new Outcome.Delivered("R-1");
  private static final Outcome UNAVAILABLE =
      new Outcome.TryAgain(Reason.SERVER_ERROR, "503", Duration.ofSeconds(2));

  private static final LaneProfile HEDGED =
      new LaneProfile(
              2,
              0,
              Duration.ofSeconds(20),
              List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(60)),
              LaneProfile.AfterUnknown.REPEAT)
          .hedgingAfter(Duration.ofSeconds(5));

  private final LanesDriver driver = new LanesDriver(Map.of("pagerduty", HEDGED, "jira", HEDGED));

  private Attempt hedged() {
    driver.pass(Duration.ofMillis(5_200));
    return driver.attempt();
  }

  @Test
  void silence_isAnsweredByASecondAttemptLongBeforeTheLeaseEnds() {
    driver.plan(page("inc1"));
    Attempt first = driver.attempt();
    driver.pass(Duration.ofMillis(4_900));
    assertThat(driver.attempts()).isEmpty();
    driver.pass(Duration.ofMillis(300));
    Attempt second = driver.attempt();
    assertThat(second.n()).isEqualTo(2);
    assertThat(second.notification()).isEqualTo(first.notification());
    assertThat(driver.delivery().detail()).isEqualTo("nothing heard for 5 s: attempted again");

    driver.answer(second, ACCEPTED);
    assertThat(driver.delivery().status()).isEqualTo(Status.DELIVERED);
    driver.pass(Duration.ofMinutes(5));
    assertThat(driver.attempts()).isEmpty();
  }

  @Test
  void firstAttemptAcceptedLate_settlesThePage() {
    driver.plan(page("inc1"));
    Attempt first = driver.attempt();
    Attempt second = hedged();
    driver.answer(first, ACCEPTED);
    assertThat(driver.delivery().status()).isEqualTo(Status.DELIVERED);

    driver.answer(second, UNAVAILABLE);
    Delivery delivery = driver.delivery();
    assertThat(delivery.status()).isEqualTo(Status.DELIVERED);
    assertThat(delivery.attempts()).hasSize(2);
    assertThat(driver.isWaiting()).isFalse();
    driver.pass(Duration.ofMinutes(5));
    assertThat(driver.attempts()).isEmpty();
  }

  @Test
  @Tag("bad-input-65")
  void resultThatComesTwice_isIgnored() {
    driver.plan(page("inc1"));
    Attempt only = driver.attempt();
    driver.answer(only, ACCEPTED);
    driver.deliveries();

    driver.answer(only, ACCEPTED);
    driver.answer(only, new Outcome.GiveUp(Reason.BAD_REQUEST, "400"));

    assertThat(driver.deliveries())
        .allSatisfy(delivery -> assertThat(delivery.status()).isEqualTo(Status.DELIVERED));
    assertThat(driver.ignored()).isEqualTo(2);
    driver.pass(Duration.ofMinutes(5));
    assertThat(driver.attempts()).isEmpty();
  }

  @Test
  @Tag("bad-input-65")
  void earlierAttemptThatFails_isRecordedAndDecidesNothing() {
    driver.plan(page("inc1"));
    Attempt first = driver.attempt();
    Attempt second = hedged();
    driver.answer(first, new Outcome.GiveUp(Reason.BAD_REQUEST, "400"));
    Delivery recorded = driver.delivery();
    assertThat(recorded.status()).isEqualTo(Status.PENDING);
    assertThat(recorded.attempts()).hasSize(1);
    assertThat(driver.attempts()).isEmpty();
    driver.answer(second, ACCEPTED);
    assertThat(driver.delivery().status()).isEqualTo(Status.DELIVERED);
  }

  @Test
  void acceptedWhileTheNextRests_callsThatOff() {
    driver.plan(page("inc1"));
    Attempt first = driver.attempt();
    Attempt second = hedged();
    driver.answer(second, UNAVAILABLE);
    assertThat(driver.delivery().nextAttemptAt()).isNotNull();
    driver.answer(first, ACCEPTED);
    assertThat(driver.delivery().status()).isEqualTo(Status.DELIVERED);
    assertThat(driver.isWaiting()).isFalse();
    driver.pass(Duration.ofMinutes(5));
    assertThat(driver.attempts()).isEmpty();
  }

  @Test
  void resolution_waitsForEveryAttemptAtItsPage() {
    driver.plan(page("inc1"), resolve("inc1"));
    Attempt first = driver.attempt();
    Attempt second = hedged();
    driver.answer(second, ACCEPTED);
    assertThat(driver.attempts()).as("the first may still be made").isEmpty();
    driver.answer(first, ACCEPTED);
    assertThat(driver.attempt().notification().id()).isEqualTo("resolve-inc1");
  }

  @Test
  void resolution_waitsNoLongerThanTheLeasesOfItsPage() {
    driver.plan(page("inc1"), resolve("inc1"));
    Attempt first = driver.attempt();
    driver.attempts();
    hedged();
    driver.answer(first, ACCEPTED);
    driver.passTo(first.leaseUntil().plusSeconds(4));
    assertThat(driver.attempts()).as("the second has its lease yet").isEmpty();
    driver.pass(Duration.ofSeconds(2));
    assertThat(driver.attempt().notification().id()).isEqualTo("resolve-inc1");
  }

  @Test
  void hangingEndpoint_isHedgedByTheStepsOfTheSchedule() {
    driver.plan(page("inc1"));
    driver.attempt();
    hedged();
    driver.pass(Duration.ofMillis(5_200));
    assertThat(driver.attempts()).as("both of its slots are taken").isEmpty();
    driver.pass(Duration.ofSeconds(11));
    Attempt third = driver.attempt();
    assertThat(third.n()).isEqualTo(3);
    driver.pass(Duration.ofSeconds(3));
    assertThat(driver.attempts()).as("the next step is a minute").isEmpty();
    driver.answer(third, ACCEPTED);
    assertThat(driver.delivery().status()).isEqualTo(Status.DELIVERED);
  }

  @Test
  void replayWhileAnAttemptIsUnderWay_staysAheadOfTheResolution() {
    driver.plan(page("inc1"), resolve("inc1"));
    Attempt first = driver.attempt();
    Attempt second = hedged();
    driver.answer(second, ACCEPTED);
    driver.replay(PAGERDUTY, "page-inc1");
    Attempt again = driver.attempt();
    assertThat(again.notification().id()).isEqualTo("page-inc1");
    driver.answer(again, ACCEPTED);
    assertThat(driver.attempts()).isEmpty();
    driver.answer(first, ACCEPTED);
    assertThat(driver.attempt().notification().id()).isEqualTo("resolve-inc1");
  }

  @Test
  void ticketsAndResolutions_areNeverHedged() {
    driver.plan(page("inc1"), resolve("inc1"), ticket("inc2"));
    driver.attempts().forEach(a -> answerPages(a));
    driver.attempts();
    driver.pass(Duration.ofSeconds(19));
    assertThat(driver.attempts()).isEmpty();
  }

  private void answerPages(Attempt attempt) {
    if (attempt.notification().id().equals("page-inc1")) {
      driver.answer(attempt, ACCEPTED);
    }
  }
}
