// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import static dev.tocsin.notifier.Samples.REPEATING;
import static dev.tocsin.notifier.Samples.paced;
import static dev.tocsin.notifier.Samples.page;
import static dev.tocsin.notifier.Samples.resolve;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.effect.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many attempts a lane lets go, and which first. */
class LaneRoomTest {

  private static final Outcome DELIVERED = new Outcome.Delivered("R-1");

  @SuppressWarnings("NullAway.Init") // Each test has a lane of its own kind.
  private LanesDriver driver;

  private void lane(LaneProfile profile) {
    driver = new LanesDriver(Map.of("pagerduty", profile));
  }

  @Test
  void concurrency_boundsWhatIsInFlight() {
    lane(REPEATING);
    driver.plan(page("inc1"), page("inc2"), page("inc3"));
    List<Attempt> two = driver.attempts();
    assertThat(two).hasSize(2);
    driver.answer(two.getFirst(), DELIVERED);
    assertThat(driver.attempt().notification().id()).isEqualTo("page-inc3");
  }

  @Test
  void newPage_doesNotWaitBehindManyResolutions() {
    lane(paced(1, 0));
    for (int i = 0; i < 4; i++) {
      driver.plan(page("inc" + i));
      driver.answer(driver.attempt(), DELIVERED);
    }
    driver.plan(page("busy"));
    Attempt busy = driver.attempt();
    IntStream.range(0, 4).forEach(i -> driver.plan(resolve("inc" + i)));
    driver.plan(page("new"));
    driver.answer(busy, DELIVERED);
    List<String> left = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Attempt next = driver.attempt();
      left.add(next.notification().id());
      driver.answer(next, DELIVERED);
    }
    assertThat(left)
        .containsExactly(
            "page-new", "resolve-inc0", "resolve-inc1", "resolve-inc2", "resolve-inc3");
  }

  @Test
  void pace_letsABurstThroughAndThenOneAtATime() {
    lane(paced(100, 60));
    IntStream.range(0, 20).forEach(i -> driver.plan(page("inc" + i)));
    List<Attempt> burst = driver.attempts();
    assertThat(burst).hasSize(5);
    driver.pass(Duration.ofSeconds(10));
    assertThat(driver.attempts()).as("while the burst is under way").isEmpty();
    burst.forEach(a -> driver.answer(a, DELIVERED));
    assertThat(driver.attempts()).as("in the second in which it ends").isEmpty();
    driver.pass(Duration.ofSeconds(1));
    driver.answer(driver.attempt(), DELIVERED);
    driver.pass(Duration.ofSeconds(1));
    assertThat(driver.attempts()).hasSize(1);
  }

  @Test
  void manyNotificationsAtOnce_allGoOut() {
    lane(paced(16, 0));
    IntStream.range(0, 300).forEach(i -> driver.plan(page("inc" + i)));
    int delivered = 0;
    for (List<Attempt> batch = driver.attempts(); !batch.isEmpty(); batch = driver.attempts()) {
      batch.forEach(a -> driver.answer(a, DELIVERED));
      delivered += batch.size();
    }
    assertThat(delivered).isEqualTo(300);
    assertThat(driver.ledger().values())
        .hasSize(300)
        .allSatisfy(e -> assertThat(e.status()).isEqualTo(Effect.Status.DONE));
  }

  /** A page that waits so long for its lane, and its resolution. What leaves then. */
  private String resolvedAfter(Duration wait) {
    lane(paced(1, 0));
    driver.plan(page("inc1"), page("inc2"), resolve("inc2"));
    driver.answer(driver.attempt(), new Outcome.TryAgain(Reason.RATE_LIMITED, "429", wait));
    driver.pass(wait);
    return driver.attempt().notification().id();
  }

  @Test
  void stalePageAlreadyResolved_wakesNobody() {
    assertThat(resolvedAfter(Duration.ofMinutes(31))).isEqualTo("page-inc1");
    assertThat(driver.deliveries())
        .extracting(d -> d.id() + ' ' + d.status())
        .contains("page-inc2 CANCELLED", "resolve-inc2 CANCELLED");
  }

  @Test
  void youngPageAlreadyResolved_isSent() {
    assertThat(resolvedAfter(Duration.ofMinutes(29))).isEqualTo("page-inc2");
  }

  @Test
  void stalePageThatNothingResolves_isSent() {
    lane(paced(1, 0));
    driver.plan(page("inc1"), page("inc2"));
    Duration hour = Duration.ofHours(1);
    driver.answer(driver.attempt(), new Outcome.TryAgain(Reason.RATE_LIMITED, "429", hour));
    driver.pass(hour);
    assertThat(driver.attempt().notification().id()).isEqualTo("page-inc2");
  }
}
