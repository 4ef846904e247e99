// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import static dev.tocsin.notifier.Samples.JIRA;
import static dev.tocsin.notifier.Samples.PROBING;
import static dev.tocsin.notifier.Samples.comment;
import static dev.tocsin.notifier.Samples.notification;
import static dev.tocsin.notifier.Samples.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Attempt.Mode;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.delivery.Delivery.Status;
import dev.tocsin.schemas.effect.Effect;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A delivery that needs the receipt of another, at Jira: two at once, and a probe when unknown. */
class NeedTest {

  private static final Outcome CREATED = new Outcome.Delivered("OPS-7");
  private static final Outcome REFUSED = new Outcome.GiveUp(Reason.BAD_REQUEST, "summary missing");

  private final LanesDriver driver = new LanesDriver(Map.of("jira", PROBING));

  /** A comment in an order of its own. */
  private static Notification another(String id, String order, String needs) {
    Notification n = comment("inc1");
    return new Notification(
        id, JIRA, n.incidentId(), 1, order, needs, n.receivedAt(), n.plannedAt(), n.content());
  }

  private void assertCancelled(String why) {
    Delivery delivery = driver.delivery();
    assertThat(delivery.id()).isEqualTo("comment-inc1");
    assertThat(delivery.status()).isEqualTo(Status.CANCELLED);
    assertThat(delivery.detail()).isEqualTo(why);
    assertThat(driver.attempts()).isEmpty();
  }

  @Test
  void need_holdsBackWhatAnotherOrderPlanned() {
    driver.plan(ticket("inc1"), comment("inc1"), another("c2", "other", "ticket-inc1"));
    Attempt creation = driver.attempt();
    assertThat(creation.needed()).isNull();
    assertThat(driver.ledger().get("comment-inc1").status()).isEqualTo(Effect.Status.PLANNED);
    driver.answer(creation, CREATED);
    List<Attempt> both = driver.attempts();
    assertThat(both).extracting(a -> a.notification().id()).containsExactly("comment-inc1", "c2");
    assertThat(both).extracting(Attempt::needed).containsOnly("OPS-7");
  }

  @Test
  void needThatIsMetAlready_holdsNothingBack() {
    driver.plan(ticket("inc1"));
    driver.answer(driver.attempt(), CREATED);
    driver.plan(comment("inc1"));
    assertThat(driver.attempt().needed()).isEqualTo("OPS-7");
  }

  @Test
  void failedNeed_cancelsWhatNeededIt_beforeAndAfterwards() {
    driver.plan(ticket("inc1"), another("c2", "other", "ticket-inc1"));
    driver.answer(driver.attempt(), REFUSED);
    assertThat(driver.deliveries())
        .extracting(d -> d.id() + ' ' + d.status())
        .endsWith("ticket-inc1 DEAD", "c2 CANCELLED");
    driver.plan(comment("inc1"));
    assertCancelled("NEED_FAILED: ticket-inc1 is DEAD");
  }

  @Test
  void needThatNobodyPlanned_cancels() {
    driver.plan(comment("inc1"));
    assertCancelled("NEED_FAILED: nobody planned ticket-inc1 here");
  }

  @Test
  void needThatTheLedgerAloneRemembers_countsWhenItIsDone() {
    driver.plan(ticket("inc1"), ticket("inc2"));
    List<Attempt> creations = driver.attempts();
    driver.answer(creations.getFirst(), CREATED);
    driver.answer(creations.getLast(), REFUSED);
    driver.forget();
    driver.plan(comment("inc1"));
    assertThat(driver.attempt().needed()).isEqualTo("OPS-7");
    driver.plan(another("c2", "other", "ticket-inc2"));
    assertThat(driver.delivery().detail())
        .isEqualTo("NEED_FAILED: nobody planned ticket-inc2 here");
  }

  @Test
  void needThatComesLaterInItsOwnOrder_isNotWaitedForForEver() {
    driver.plan(
        another("first", "inc1", null),
        another("comment-inc1", "inc1", "ticket-inc1"),
        ticket("inc1"));
    Attempt first = driver.attempt();
    driver.deliveries();
    driver.answer(first, CREATED);
    assertThat(driver.deliveries())
        .filteredOn(d -> d.id().equals("comment-inc1"))
        .extracting(Delivery::detail)
        .containsExactly("NEED_FAILED: ticket-inc1 comes later in its order");
    assertThat(driver.attempt().notification().id()).isEqualTo("ticket-inc1");
  }

  @Test
  void resetLane_looksForWhatItMayHaveDone_andCountsOn() {
    driver.plan(ticket("inc1"));
    driver.attempts();
    driver.pass(Duration.ofSeconds(10));
    driver.forget();
    driver.plan(ticket("inc1"));
    Attempt look = driver.attempt();
    assertThat(look.mode()).isEqualTo(Mode.PROBE);
    assertThat(look.n()).isEqualTo(2);
    assertThat(look.unknownSince()).as("counted from when it took over").isEqualTo(driver.now());
    driver.answer(look, new Outcome.Delivered("OPS-7"));
    driver.deliveries();

    driver.forget();
    driver.plan(ticket("inc1"));
    assertThat(driver.ignored()).as("the ledger knows").isEqualTo(1);
    assertThat(driver.delivery())
        .satisfies(
            d -> {
              assertThat(d.status()).isEqualTo(Status.DELIVERED);
              assertThat(d.receipt()).isEqualTo("OPS-7");
            });
    assertThat(driver.attempts()).isEmpty();
  }

  @Test
  void lookThatFindsNothing_isSaid_andTheTicketCreatedAfterAll() {
    driver.plan(ticket("inc1"));
    driver.answer(driver.attempt(), new Outcome.Unknown(Reason.TIMEOUT, "no answer"));
    assertThat(driver.delivery().nextAttemptAt()).isEqualTo(driver.now().plusSeconds(5));
    driver.pass(Duration.ofSeconds(5));
    driver.answer(driver.attempt(), new Outcome.Absent());
    assertThat(driver.delivery().detail()).isEqualTo("looked, and it had not happened");
    assertThat(driver.attempt().mode()).isEqualTo(Mode.SEND);
  }

  @Test
  void replayOfWhatWasDelivered_isLookedForFirst() {
    driver.plan(ticket("inc1"));
    driver.answer(driver.attempt(), CREATED);
    driver.replay(JIRA, "ticket-inc1");
    assertThat(driver.attempt().mode()).isEqualTo(Mode.PROBE);
  }

  @Test
  void whatIsPlannedBehindAnother_isSaidAndEntered() {
    driver.plan(
        ticket("inc1"),
        notification(
            "done-inc1", JIRA, "inc1", "ticket-inc1", new Content.TicketResolve("inc1", "over")));
    assertThat(driver.delivery())
        .satisfies(
            d -> {
              assertThat(d.id()).isEqualTo("done-inc1");
              assertThat(d.status()).isEqualTo(Status.PENDING);
            });
    assertThat(driver.ledger().get("done-inc1").status()).isEqualTo(Effect.Status.PLANNED);
    assertThat(driver.ledger().get("ticket-inc1").status()).isEqualTo(Effect.Status.ISSUED);
  }
}
