// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.Samples;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.channel.LaneProfile.AfterUnknown;
import dev.tocsin.notifier.channel.LaneProfile.Patience;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.delivery.Delivery.Status;
import dev.tocsin.schemas.effect.Effect;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A subscription that is deleted while deliveries wait for it. */
class EndedLaneTest {

  private static final String ENDPOINT = "webhook/sub_a";
  private static final String WHY = "subscription deleted";
  private static final Outcome TAKEN = new Outcome.Delivered("204");
  private static final Outcome REFUSED = new Outcome.TryAgain(Reason.SERVER_ERROR, "500", null);
  private static final Outcome GONE = new Outcome.GiveUp(Reason.GONE, "410");
  private static final Duration LEASE = Duration.ofSeconds(40);

  /** Two at once; a pause of two hours after a failure. */
  private static final LaneProfile PROFILE =
      new LaneProfile(
          2,
          0,
          LEASE,
          IntStream.range(0, 9).mapToObj(_ -> Duration.ofHours(2)).toList(),
          AfterUnknown.REPEAT,
          new Patience(Duration.ofDays(5), 10));

  private final LanesDriver driver = new LanesDriver(Map.of("webhook", PROFILE));

  private static Notification event(String id, String incident) {
    return event(ENDPOINT, id, incident);
  }

  private static Notification event(String endpoint, String id, String incident) {
    return Samples.notification(
        id, endpoint, incident, null, new Content.Event(id, "dev.tocsin.incident.updated", "{}"));
  }

  /** What has waited, each with how it came to. The delivery is always e. */
  static Stream<Arguments> waiting() {
    return Stream.of(
        wait(
            "behind its order",
            d -> {
              d.plan(event("first", "inc1"), event("e", "inc1"));
              d.answer(d.attempt(), REFUSED);
            }),
        wait(
            "for a free place",
            d -> d.plan(event("a", "inc1"), event("b", "inc2"), event("e", "inc3"))),
        wait(
            "for its next try",
            d -> {
              d.plan(event("e", "inc1"));
              d.answer(d.attempt(), REFUSED);
            }),
        wait("for a result", d -> d.plan(event("e", "inc1"))),
        wait("behind one under way", d -> d.plan(event("first", "inc1"), event("e", "inc1"))),
        wait(
            "to be replayed",
            d -> {
              d.plan(event("e", "inc1"));
              d.answer(d.attempt(), TAKEN);
              d.plan(event("a", "inc2"), event("b", "inc3"));
              d.replay(ENDPOINT, "e");
            }));
  }

  private static Arguments wait(String how, Consumer<LanesDriver> begin) {
    return Arguments.of(how, begin);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waiting")
  void whatWaits_isCancelledAtOnce_andNeverSent(String how, Consumer<LanesDriver> begin) {
    begin.accept(driver);
    driver.deliveries();
    driver.attempts();
    driver.end(ENDPOINT, WHY);
    assertThat(driver.deliveries())
        .as(how)
        .filteredOn(d -> d.id().equals("e"))
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.status()).isEqualTo(Status.CANCELLED);
              assertThat(d.detail()).isEqualTo(WHY);
              assertThat(d.nextAttemptAt()).isNull();
            });
    assertThat(driver.ledger().values()).allSatisfy(effect -> assertThat(effect.isOver()).isTrue());
    driver.pass(Duration.ofDays(29));
    assertThat(driver.attempts()).isEmpty();
    assertThat(driver.deliveries())
        .allSatisfy(d -> assertThat(d.status()).isEqualTo(Status.CANCELLED));
    driver.pass(Duration.ofDays(2));
    assertThat(driver.ledger()).as("forgotten as ever").isEmpty();
  }

  static Stream<Outcome> results() {
    return Stream.of(
        TAKEN, REFUSED, GONE, new Outcome.GiveUp(Reason.NO_ENDPOINT, "no active subscription"));
  }

  @ParameterizedTest
  @MethodSource("results")
  void lateResult_isRecorded_andChangesNothing(Outcome outcome) {
    driver.plan(event("e", "inc1"), event("behind", "inc1"));
    Attempt attempt = driver.attempt();
    driver.end(ENDPOINT, WHY);
    driver.deliveries();
    driver.answer(attempt, outcome);
    Delivery late = driver.delivery();
    assertThat(late.status()).isEqualTo(Status.CANCELLED);
    assertThat(late.detail()).isEqualTo(WHY);
    assertThat(late.attempts()).extracting(AttemptResult::outcome).containsExactly(outcome);
    driver.answer(attempt, outcome);
    driver.pass(LEASE.multipliedBy(2));
    assertThat(driver.deliveries()).as("twice, and the lease").isEmpty();
    assertThat(driver.attempts()).isEmpty();
    assertThat(driver.ledger().get("e").status()).isEqualTo(Effect.Status.CANCELLED);
  }

  @Test
  void silentWorker_isRecordedWhenItsLeaseEnds() {
    driver.plan(event("e", "inc1"));
    Attempt attempt = driver.attempt();
    driver.end(ENDPOINT, WHY);
    driver.deliveries();
    driver.pass(LEASE);
    assertThat(driver.delivery())
        .satisfies(
            d -> {
              assertThat(d.status()).isEqualTo(Status.CANCELLED);
              assertThat(d.attempts()).hasSize(1);
            });
    driver.answer(attempt, TAKEN);
    assertThat(driver.delivery().attempts())
        .extracting(AttemptResult::outcome)
        .containsExactly(TAKEN);
    assertThat(driver.ignored()).isEqualTo(1);
    driver.answer(attempt, REFUSED);
    assertThat(driver.deliveries()).as("the same twice").isEmpty();
    assertThat(driver.attempts()).isEmpty();
  }

  @Test
  void whatIsPlannedAfterwards_isCancelledAtOnce() {
    driver.end(ENDPOINT, WHY);
    driver.plan(event("e", "inc1"), event("e", "inc1"));
    assertThat(driver.deliveries())
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.status()).isEqualTo(Status.CANCELLED);
              assertThat(d.detail()).isEqualTo(WHY);
              assertThat(d.attemptCount()).isZero();
            });
    assertThat(driver.attempts()).isEmpty();
  }

  @Test
  void whatIsOver_staysAsItIs_andIsNotReplayed() {
    driver.plan(event("e", "inc1"));
    driver.answer(driver.attempt(), TAKEN);
    driver.deliveries();
    driver.end(ENDPOINT, WHY);
    driver.end(ENDPOINT, "again");
    assertThat(driver.ignored()).isEqualTo(1);
    driver.replay(ENDPOINT, "e");
    assertThat(driver.deliveries()).isEmpty();
    assertThat(driver.attempts()).isEmpty();
    assertThat(driver.ledger().get("e").status()).isEqualTo(Effect.Status.DONE);
  }

  @Test
  void whatWasGivenUp_isCancelledWhenItIsReplayed() {
    driver.plan(event("e", "inc1"));
    driver.answer(driver.attempt(), GONE);
    assertThat(driver.delivery().status()).isEqualTo(Status.DEAD);
    driver.end(ENDPOINT, WHY);
    assertThat(driver.deliveries()).isEmpty();
    driver.replay(ENDPOINT, "e");
    driver.replay(ENDPOINT, "e");
    assertThat(driver.deliveries())
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.status()).isEqualTo(Status.CANCELLED);
              assertThat(d.detail()).isEqualTo(WHY);
            });
    driver.pass(Duration.ofDays(1));
    assertThat(driver.attempts()).isEmpty();
  }

  @Test
  void anotherSubscription_goesOn() {
    driver.plan(event("e", "inc1"));
    driver.attempts();
    driver.end(ENDPOINT, WHY);
    driver.plan(event("webhook/sub_b", "other", "inc1"));
    assertThat(driver.attempt().notification().id()).isEqualTo("other");
  }

  @Test
  @Tag("volume")
  void backlog_isCancelledAShareAtATime_eachOnce() {
    int many = 2_000;
    for (int i = 0; i < many; i++) {
      driver.plan(event("e" + i, "inc" + i % 700));
    }
    List<Attempt> underWay = driver.attempts();
    driver.answer(underWay.getFirst(), REFUSED);
    driver.attempts();
    driver.deliveries();
    List<LanesInMemory.Said> turns = new ArrayList<>();
    turns.add(driver.end(ENDPOINT, WHY));
    while (driver.cancelled() < many) {
      turns.add(driver.fire());
    }
    assertThat(turns)
        .allSatisfy(said -> assertThat(said.deliveries()).hasSizeLessThanOrEqualTo(32));
    assertThat(turns).hasSizeLessThan(70);
    assertThat(driver.now()).as("not when they would have been tried").isEqualTo(Samples.NOON);
    assertThat(driver.attempts()).isEmpty();
    Map<String, Integer> times = new HashMap<>();
    driver.deliveries().forEach(d -> times.merge(d.id(), 1, Integer::sum));
    assertThat(times).hasSize(many).allSatisfy((_, n) -> assertThat(n).isEqualTo(1));
  }

  @Test
  void gapOfManyThatAreOver_isPassed() {
    driver.plan(event("e", "inc1"));
    driver.answer(driver.attempt(), REFUSED);
    for (int i = 0; i < 100; i++) {
      driver.plan(event("b" + i, "inc2"));
      driver.answer(driver.attempt(), TAKEN);
    }
    driver.plan(event("f", "inc3"));
    driver.answer(driver.attempt(), REFUSED);
    driver.deliveries();
    driver.end(ENDPOINT, WHY);
    driver.passTo(driver.now());
    assertThat(driver.deliveries()).extracting(Delivery::id).containsExactly("e", "f");
    assertThat(driver.isWaiting()).isFalse();
  }

  @Test
  void resultInTheMiddleOfABacklog_findsItsDeliveryCancelled() {
    for (int i = 0; i < 100; i++) {
      driver.plan(event("e" + i, "inc"));
    }
    driver.plan(event("late", "inc2"));
    Attempt late = driver.attempts().getLast();
    assertThat(late.notification().id()).isEqualTo("late");
    driver.end(ENDPOINT, WHY);
    driver.deliveries();
    driver.answer(late, TAKEN);
    assertThat(driver.deliveries())
        .filteredOn(d -> d.id().equals("late"))
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.status()).isEqualTo(Status.CANCELLED);
              assertThat(d.attempts()).hasSize(1);
            });
    driver.pass(Duration.ofHours(3));
    assertThat(driver.deliveries()).noneMatch(d -> d.id().equals("late"));
    assertThat(driver.ledger().values()).allSatisfy(e -> assertThat(e.isOver()).isTrue());
    assertThat(driver.attempts()).isEmpty();
  }
}
