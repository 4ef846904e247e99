// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier;

import static dev.tocsin.notifier.Samples.REPEATING;
import static dev.tocsin.notifier.Samples.paced;
import static dev.tocsin.notifier.Samples.page;
import static dev.tocsin.notifier.Samples.resolve;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.Samples.Scripted;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many attempts a lane lets go, and which first. */
class LaneRoomTest {

  private static final Outcome DELIVERED = new Outcome.Delivered("R-1");

  @SuppressWarnings("NullAway.Init") // Each test has a lane of its own kind.
  private NotifierDriver driver;

  @AfterEach
  void stop() {
    driver.close();
  }

  private void lane(LaneProfile profile) {
    driver = new NotifierDriver(new Scripted("pagerduty", profile));
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
    assertThat(driver.meters.get("tocsin.lane.depth").tag("channel", "pagerduty").gauge().value())
        .isZero();
  }
}
