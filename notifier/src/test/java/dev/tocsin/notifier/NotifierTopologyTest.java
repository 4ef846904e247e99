// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier;

import static dev.tocsin.notifier.Samples.NOON;
import static dev.tocsin.notifier.Samples.PAGERDUTY;
import static dev.tocsin.notifier.Samples.PROBING;
import static dev.tocsin.notifier.Samples.REPEATING;
import static dev.tocsin.notifier.Samples.paced;
import static dev.tocsin.notifier.Samples.page;
import static dev.tocsin.notifier.Samples.resolve;
import static dev.tocsin.notifier.Samples.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.Samples.Scripted;
import dev.tocsin.notifier.channel.ChannelCatalog;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.effect.EffectSettings;
import dev.tocsin.notifier.subscription.Subscriptions;
import dev.tocsin.notifier.watch.LaneBoard;
import dev.tocsin.notifier.watch.NotifierMetrics;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Attempt.Mode;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.delivery.Delivery.Status;
import dev.tocsin.schemas.effect.Effect;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NotifierTopologyTest {

  private static final Outcome DELIVERED = new Outcome.Delivered("R-1");
  private static final Outcome UNREACHABLE =
      new Outcome.TryAgain(Reason.UNREACHABLE, "connection refused", null);
  private static final Outcome TIMED_OUT = new Outcome.Unknown(Reason.TIMEOUT, "no answer in 10 s");
  private static final Outcome REFUSED = new Outcome.GiveUp(Reason.BAD_REQUEST, "summary missing");

  private NotifierDriver driver =
      new NotifierDriver(new Scripted("pagerduty", REPEATING), new Scripted("jira", PROBING));

  @AfterEach
  void stop() {
    driver.close();
  }

  private void restart(NotifierDriver other) {
    driver.close();
    driver = other;
  }

  @Test
  void notification_isAttemptedAtOnceAndDeliveredWithItsReceipt() {
    driver.plan(page("inc1"));
    Attempt attempt = driver.attempt();
    assertThat(attempt.mode()).isEqualTo(Mode.SEND);
    assertThat(attempt.leaseUntil()).isEqualTo(NOON.plusSeconds(30));
    assertThat(driver.delivery().status()).isEqualTo(Status.PENDING);

    driver.answer(attempt, DELIVERED);
    Delivery delivery = driver.delivery();
    assertThat(delivery.status()).isEqualTo(Status.DELIVERED);
    assertThat(delivery.receipt()).isEqualTo("R-1");
    assertThat(driver.effects().stream().map(Effect::status))
        .containsExactly(Effect.Status.ISSUED, Effect.Status.DONE);
    assertThat(driver.attempts()).isEmpty();
  }

  @Test
  void failedAttempt_isRepeatedBySchedule() {
    driver.plan(page("inc1"));
    driver.answer(driver.attempt(), UNREACHABLE);
    Delivery waiting = driver.delivery();
    assertThat(waiting.status()).isEqualTo(Status.PENDING);
    assertThat(waiting.nextAttemptAt()).isBetween(NOON.plusSeconds(8), NOON.plusSeconds(12));

    driver.pass(Duration.ofSeconds(7));
    assertThat(driver.attempts()).isEmpty();
    driver.pass(Duration.ofSeconds(6));
    assertThat(driver.attempt().n()).isEqualTo(2);
  }

  @Test
  void usedUpSchedule_leavesADeadDeliveryThatReplayStartsAfresh() {
    driver.plan(page("inc1"));
    for (int n = 1; n <= 3; n++) {
      driver.answer(driver.attempt(), UNREACHABLE);
      driver.passTo(driver.delivery().nextAttemptAt());
    }
    driver.answer(driver.attempt(), UNREACHABLE);
    Delivery dead = driver.delivery();
    assertThat(dead.status()).isEqualTo(Status.DEAD);
    assertThat(dead.attempts()).hasSize(4);
    assertThat(dead.notification()).isEqualTo(page("inc1"));

    driver.pipe(
        Topics.COMMANDS,
        PAGERDUTY,
        new Command.ReplayDelivery("cmd1", PAGERDUTY, dead.id(), "ann", "console", driver.now()));
    Attempt again = driver.attempt();
    assertThat(again.n()).isEqualTo(5);
    assertThat(again.notification().id()).isEqualTo(dead.id());
    driver.answer(again, DELIVERED);
    assertThat(driver.delivery().status()).isEqualTo(Status.DELIVERED);
  }

  @Test
  void order_letsTheResolutionWaitForThePage() {
    driver.plan(page("inc1"), resolve("inc1"));
    Attempt first = driver.attempt();
    assertThat(first.notification().id()).isEqualTo("page-inc1");
    driver.answer(first, DELIVERED);
    Attempt second = driver.attempt();
    assertThat(second.notification().id()).isEqualTo("resolve-inc1");
    assertThat(second.needed()).isEqualTo("R-1");
  }

  @Test
  void silentWorker_isFoundOutByItsLease() {
    driver.plan(page("inc1"));
    Attempt lost = driver.attempt();
    driver.pass(Duration.ofSeconds(29));
    assertThat(driver.attempts()).isEmpty();
    driver.pass(Duration.ofSeconds(2));
    Attempt second = driver.attempt();
    assertThat(second.n()).isEqualTo(2);

    driver.answer(lost, DELIVERED);
    assertThat(driver.delivery().status()).isEqualTo(Status.PENDING);
    driver.answer(second, DELIVERED);
    Delivery delivery = driver.delivery();
    assertThat(delivery.status()).isEqualTo(Status.DELIVERED);
    assertThat(delivery.attempts()).hasSize(2);
  }

  @Test
  void brokersClock_setOnOrBack_isNotTheLanes() {
    for (Duration wrong : List.of(Duration.ofMinutes(5), Duration.ofMinutes(-5))) {
      Notification page = page("inc" + wrong);
      driver.pipe(Topics.NOTIFICATIONS, page.endpoint(), page, driver.now().plus(wrong));
      Attempt attempt = driver.attempt();
      assertThat(attempt.issuedAt()).isEqualTo(driver.now());
      driver.answer(attempt, DELIVERED);
    }
  }

  @Test
  void unknownTicket_isLookedForBeforeItIsCreatedAgain() {
    driver.plan(ticket("inc1"));
    driver.answer(driver.attempt(), TIMED_OUT);
    driver.pass(Duration.ofSeconds(6));
    Attempt look = driver.attempt();
    assertThat(look.mode()).isEqualTo(Mode.PROBE);
    assertThat(look.unknownSince()).isEqualTo(NOON);
    driver.answer(look, new Outcome.Absent());
    assertThat(driver.attempt().mode()).isEqualTo(Mode.SEND);
  }

  @Test
  void deadEndpoint_getsOneAttemptAfterPausesThatDouble() {
    restart(new NotifierDriver(new Scripted("pagerduty", paced(1, 0))));
    IntStream.range(0, 20).forEach(i -> driver.plan(page("inc" + i)));
    for (int i = 0; i < 5; i++) {
      driver.answer(driver.attempt(), UNREACHABLE);
    }
    assertThat(driver.attempts()).isEmpty();
    driver.pass(Duration.ofSeconds(1));
    assertThat(driver.attempts()).isEmpty();
    driver.pass(Duration.ofSeconds(2));
    driver.answer(driver.attempt(), UNREACHABLE);
    driver.pass(Duration.ofSeconds(2));
    assertThat(driver.attempts()).isEmpty();
    driver.pass(Duration.ofSeconds(2));
    driver.answer(driver.attempt(), DELIVERED);
    assertThat(driver.attempts()).hasSize(1);
  }

  @Test
  void rateLimit_pausesTheWholeLane() {
    driver.plan(page("inc1"), page("inc2"), page("inc3"));
    Attempt first = driver.attempts().getFirst();
    driver.answer(first, new Outcome.TryAgain(Reason.RATE_LIMITED, "429", Duration.ofSeconds(45)));
    driver.pass(Duration.ofSeconds(28));
    assertThat(driver.attempts()).isEmpty();
    driver.pass(Duration.ofSeconds(20));
    assertThat(driver.attempts()).isNotEmpty();
  }

  @Test
  void knownNotification_isNotSentTwice() {
    driver.plan(page("inc1"), page("inc1"));
    driver.answer(driver.attempt(), DELIVERED);
    driver.plan(page("inc1"));
    assertThat(driver.attempts()).isEmpty();
  }

  @Test
  void ledger_keepsAResetFromRepeatingHistory() {
    driver.pipe(
        Topics.EFFECTS,
        "page-inc1",
        new Effect("page-inc1", PAGERDUTY, Effect.Status.DONE, 1, "R-1", NOON));
    driver.plan(page("inc1"), resolve("inc1"));
    Attempt only = driver.attempt();
    assertThat(only.notification().id()).isEqualTo("resolve-inc1");
    assertThat(only.needed()).isEqualTo("R-1");
  }

  @Test
  void ticketIssuedBeforeAReset_isLookedForFirst() {
    driver.pipe(
        Topics.EFFECTS,
        "ticket-inc1",
        new Effect("ticket-inc1", Samples.JIRA, Effect.Status.ISSUED, 2, null, NOON));
    driver.plan(ticket("inc1"));
    Attempt attempt = driver.attempt();
    assertThat(attempt.mode()).isEqualTo(Mode.PROBE);
    assertThat(attempt.n()).isEqualTo(3);
  }

  @Test
  void notificationFromBeforeTheLine_isSentOnlyWhenAPersonSaysSo() {
    restart(
        new NotifierDriver(
            new EffectSettings(NOON.plusSeconds(1)), new Scripted("pagerduty", REPEATING)));
    driver.plan(page("inc1"));
    assertThat(driver.attempts()).isEmpty();
    assertThat(driver.delivery().detail()).contains("tocsin.effects.not-before");
    driver.pipe(
        Topics.COMMANDS,
        PAGERDUTY,
        new Command.ReplayDelivery("c", PAGERDUTY, "page-inc1", "ann", "console", NOON));
    assertThat(driver.attempts()).hasSize(1);
  }

  @Test
  void unconfiguredChannel_cancelsWithWhatToSet() {
    restart(new NotifierDriver());
    driver.plan(page("inc1"), resolve("inc1"));
    assertThat(driver.attempts()).isEmpty();
    assertThat(driver.deliveries())
        .allSatisfy(
            d -> {
              assertThat(d.status()).isEqualTo(Status.CANCELLED);
              assertThat(d.detail()).contains("TOCSIN_PAGERDUTY_ROUTING_KEY");
            });
  }

  @Test
  void pageThatIsGivenUp_goesOverTheSecondChannel() {
    String second = "pagerduty-second/default";
    restart(
        new NotifierDriver(
            new Scripted(
                "pagerduty",
                REPEATING.withSecond(new LaneProfile.Second(second, Duration.ofSeconds(60)))),
            new Scripted("pagerduty-second", REPEATING)));
    driver.plan(page("inc1"));
    driver.answer(driver.attempt(), REFUSED);
    assertThat(driver.attempt().notification().endpoint()).isEqualTo(second);
  }

  @Test
  @Tag("bad-input-65")
  void forgedResult_changesNothing() {
    driver.plan(page("inc1"));
    Attempt attempt = driver.attempt();
    driver.answer(
        new Attempt(
            "att_forged", 1, Mode.SEND, NOON, NOON.plusSeconds(30), null, attempt.notification()),
        DELIVERED);
    driver.answer(
        new Attempt("att_x", 1, Mode.SEND, NOON, NOON.plusSeconds(30), null, page("inc9")),
        DELIVERED);
    assertThat(driver.delivery().status()).isEqualTo(Status.PENDING);
    assertThat(driver.meters.counter("tocsin.lane.ignored").count()).isEqualTo(2);
  }

  @Test
  void undecidableNotification_isADeadLetterAndTheLaneGoesOn() {
    Notification astray = page("inc1");
    driver.pipe(Topics.NOTIFICATIONS, "pagerduty/other", astray);
    assertThat(driver.deadLetters()).isEqualTo(1);
    driver.plan(page("inc2"));
    assertThat(driver.attempts()).hasSize(1);
  }

  @Test
  void endpointNoWorkerKnows_cancelsAtTheSecondAsking() {
    Outcome unknown = new Outcome.GiveUp(Reason.NO_ENDPOINT, "no such subscription");
    driver.plan(page("inc1"));
    driver.answer(driver.attempt(), unknown);
    driver.pass(Duration.ofSeconds(6));
    driver.answer(driver.attempt(), unknown);
    assertThat(driver.delivery().status()).isEqualTo(Status.CANCELLED);
  }

  @Test
  void recordWithoutKey_isADeadLetter() {
    driver.pipe(Topics.NOTIFICATIONS, null, page("inc1"));
    assertThat(driver.deadLetters()).isEqualTo(1);
  }

  @Test
  void oldDeliveries_areForgottenWithTheirEffects() {
    driver.plan(page("inc1"));
    driver.answer(driver.attempt(), DELIVERED);
    assertThat(driver.effects()).hasSize(2);
    driver.pass(Duration.ofSeconds(1));
    driver.pass(Duration.ofDays(31));
    assertThat(driver.effects()).containsExactly((Effect) null);
  }

  @Test
  void topology_keepsItsNames() throws IOException {
    LaneBoard board = new LaneBoard();
    NotifierMetrics metrics = new NotifierMetrics(new SimpleMeterRegistry(), board, () -> NOON);
    Topology lanes =
        NotifierTopology.addLanes(
            new Topology(),
            new ChannelCatalog(List.of()),
            new EffectSettings(null),
            new Subscriptions(),
            board,
            metrics);
    Topology fanOut = NotifierTopology.addFanOut(new Topology(), new Subscriptions(), metrics);
    String described = lanes.describe().toString() + fanOut.describe();
    // When the change is wanted, this file is the new golden one.
    Files.writeString(Path.of("target", "topology.txt"), described);
    try (InputStream golden = getClass().getResourceAsStream("/topology.txt")) {
      assertThat(described)
          .isEqualToNormalizingNewlines(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
