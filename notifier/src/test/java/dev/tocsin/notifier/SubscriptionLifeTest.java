// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier;

import static dev.tocsin.notifier.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.Channel;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.channel.LaneProfile.AfterUnknown;
import dev.tocsin.notifier.channel.LaneProfile.Patience;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A subscription that is tested, held, given up and taken up again. */
class SubscriptionLifeTest {

  private static final String ENDPOINT = "webhook/sub_a";
  private static final Outcome REFUSED = new Outcome.TryAgain(Reason.SERVER_ERROR, "500", null);
  private static final Outcome TAKEN = new Outcome.Delivered("204");

  private final NotifierDriver driver = new NotifierDriver(new Webhooks());

  /** A webhook channel as far as lanes see one. */
  private final class Webhooks implements Channel {

    @Override
    public String name() {
      return "webhook";
    }

    @Override
    public LaneProfile profile() {
      return new LaneProfile(
          4,
          0,
          Duration.ofHours(3),
          IntStream.range(0, 200).mapToObj(_ -> Duration.ofHours(1)).toList(),
          AfterUnknown.REPEAT,
          new Patience(Duration.ofDays(5), 10));
    }

    @Override
    public String holds(String endpoint) {
      Setting.Disabled disabled =
          driver.subscriptions.disabled(endpoint.substring("webhook/".length()));
      return disabled == null ? null : "disabled";
    }

    @Override
    public Outcome send(Attempt attempt) {
      throw new UnsupportedOperationException("lanes call nobody");
    }

    @Override
    public Outcome probe(Attempt attempt) {
      throw new UnsupportedOperationException("lanes call nobody");
    }
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private static Notification event(String id) {
    return Samples.notification(
        id, ENDPOINT, "inc1", null, new Content.Event(id, "dev.tocsin.incident.updated", "{}"));
  }

  private void subscribe(String id, String... events) {
    Setting.Subscription s =
        new Setting.Subscription(
            id, "https://hooks.example/secret-path", List.of(events), null, 1, true, "ann", NOON);
    driver.pipe(Topics.SETTINGS, s.key(), s);
  }

  private void disable() {
    Setting.Disabled d = new Setting.Disabled("sub_a", "ann", "moving house", driver.now());
    driver.pipe(Topics.SETTINGS, d.key(), d);
  }

  private void enable() {
    driver.pipe(Topics.SETTINGS, "disabled/sub_a", null);
  }

  private void delete(String key, String endpoint) {
    driver.pipe(
        Topics.COMMANDS,
        key,
        new Command.DeleteSubscription("cmd_x", endpoint, "ann", "console", driver.now()));
  }

  /** Fails whatever is tried for so long. */
  private void failFor(Duration duration) {
    for (Duration d = Duration.ZERO; d.compareTo(duration) < 0; d = d.plusMinutes(90)) {
      driver.attempts().forEach(attempt -> driver.answer(attempt, REFUSED));
      driver.pass(Duration.ofMinutes(90));
    }
  }

  @Test
  void whatIsPlannedWhileDisabled_waits_andGoesOutInOrderAfterwards() {
    disable();
    driver.plan(event("e1"), event("e2"));
    driver.pass(Duration.ofHours(3));
    assertThat(driver.attempts()).isEmpty();

    enable();
    driver.pass(Duration.ofSeconds(20));
    Attempt first = driver.attempt();
    assertThat(first.notification().id()).isEqualTo("e1");
    driver.answer(first, TAKEN);
    assertThat(driver.attempt().notification().id()).isEqualTo("e2");
  }

  @Test
  void whatIsHeldForAWeek_isSetDown_andCanStillBeReplayed() {
    disable();
    driver.plan(event("e1"));
    driver.pass(Duration.ofDays(8));
    assertThat(driver.delivery())
        .satisfies(
            d -> {
              assertThat(d.status()).isEqualTo(Delivery.Status.CANCELLED);
              assertThat(d.detail()).contains("held for 7 days");
            });

    enable();
    driver.pipe(
        Topics.COMMANDS,
        ENDPOINT,
        new Command.ReplayDelivery("c", ENDPOINT, "e1", "ann", "console", driver.now()));
    assertThat(driver.attempt().notification().id()).isEqualTo("e1");
  }

  @Test
  void daysOfNothingButFailures_disable_withNoticeToThoseWhoWantIt() {
    subscribe("sub_a", "*");
    subscribe("sub_b", "dev.tocsin.subscription.*");
    subscribe("sub_c", "dev.tocsin.incident.*");
    driver.settings();
    driver.plan(event("e1"));

    failFor(Duration.ofDays(4));
    assertThat(driver.settings()).isEmpty();
    failFor(Duration.ofHours(26));

    assertThat(driver.settings())
        .singleElement()
        .isInstanceOfSatisfying(
            Setting.Disabled.class,
            d -> {
              assertThat(d.id()).isEqualTo("sub_a");
              assertThat(d.by()).isEqualTo("notifier");
              assertThat(d.reason()).contains("nothing was delivered since 2026-11-22T12:00");
            });
    assertThat(driver.audit())
        .singleElement()
        .extracting(AuditEntry::action)
        .isEqualTo("subscription.disable");
    assertThat(driver.notifications())
        .filteredOn(
            n -> n.content() instanceof Content.Event e && e.eventType().contains("disabled"))
        .singleElement()
        .satisfies(
            n -> {
              assertThat(n.endpoint()).isEqualTo("webhook/sub_b");
              assertThat(((Content.Event) n.content()).body())
                  .contains("hooks.example")
                  .doesNotContain("secret-path");
            });
  }

  @Test
  void oneDeliveryInBetween_startsTheDaysAnew() {
    driver.plan(event("e1"));
    failFor(Duration.ofDays(3));
    driver.attempts().forEach(attempt -> driver.answer(attempt, TAKEN));
    driver.plan(event("e2"));
    failFor(Duration.ofDays(4));
    assertThat(driver.settings()).isEmpty();
  }

  @Test
  void fewFailuresOverManyDays_areNotEnough() {
    driver.plan(event("e1"));
    driver.answer(driver.attempt(), REFUSED);
    driver.pass(Duration.ofHours(2));
    driver.answer(driver.attempt(), new Outcome.GiveUp(Reason.FORBIDDEN_ADDRESS, "inside"));
    driver.pass(Duration.ofDays(9));
    driver.plan(event("e2"));
    driver.answer(driver.attempt(), REFUSED);
    assertThat(driver.settings()).isEmpty();
  }

  @Test
  void gone_disablesAtOnce_andOnlyOnce() {
    driver.plan(event("e1"));
    Attempt attempt = driver.attempt();
    driver.answer(attempt, new Outcome.GiveUp(Reason.GONE, "410"));
    driver.plan(event("e2"));
    driver.attempts().forEach(a -> driver.answer(a, new Outcome.GiveUp(Reason.GONE, "410")));
    assertThat(driver.settings()).hasSize(1);
  }

  @Test
  void afterReEnabling_theDaysStartAnew() {
    driver.plan(event("e1"));
    failFor(Duration.ofDays(6));
    assertThat(driver.settings()).hasSize(1);
    enable();
    driver.pass(Duration.ofHours(2));
    failFor(Duration.ofDays(4));
    assertThat(driver.settings()).isEmpty();
  }

  @Test
  void lanesThatHang_keepNoOtherWaiting() {
    for (int endpoint = 0; endpoint < 20; endpoint++) {
      for (int i = 0; i < 8; i++) {
        String id = "h%d-%d".formatted(endpoint, i);
        driver.plan(
            Samples.notification(
                id,
                "webhook/hanging-" + endpoint,
                "inc" + i,
                null,
                new Content.Event(id, "dev.tocsin.incident.updated", "{}")));
      }
    }
    assertThat(driver.attempts()).as("four each, and no more").hasSize(80);
    driver.plan(event("e1"));
    assertThat(driver.attempt().notification().id()).isEqualTo("e1");
  }

  @Test
  void test_goesThroughTheLane_andComesBackUnderAKnownId() {
    subscribe("sub_a", "dev.tocsin.incident.*");
    driver.pipe(
        Topics.COMMANDS,
        ENDPOINT,
        new Command.TestSubscription("cmd_t", ENDPOINT, "ann", "console", NOON));
    Notification planned = driver.attempt().notification();
    Content.Event sent = (Content.Event) planned.content();
    JsonNode body = Json.MAPPER.readTree(sent.body());
    assertThat(body.get("type").asString()).isEqualTo("dev.tocsin.subscription.test");
    assertThat(body.get("data").get("by").asString()).isEqualTo("ann");
    assertThat(planned.endpoint()).isEqualTo(ENDPOINT);
  }

  @Test
  void deleted_hasNothingPendingAnyMore_andNoSettings() {
    subscribe("sub_a", "dev.tocsin.incident.*");
    driver.plan(event("e1"), event("e2"));
    Attempt late = driver.attempt();
    disable();
    driver.plan(event("e3"));
    driver.settings();
    driver.deliveries();

    delete(ENDPOINT, ENDPOINT);
    assertThat(driver.deliveries())
        .extracting(d -> d.id() + ' ' + d.status() + ' ' + d.detail())
        .containsExactly(
            "e1 CANCELLED subscription deleted",
            "e2 CANCELLED subscription deleted",
            "e3 CANCELLED subscription deleted");
    assertThat(driver.subscriptions.find("sub_a")).isNull();
    assertThat(driver.subscriptions.disabled("sub_a")).isNull();
    assertThat(driver.meters.get("tocsin.lane.depth").gauge().value()).isZero();

    driver.answer(late, TAKEN);
    driver.plan(event("e4"));
    driver.pass(Duration.ofHours(3));
    assertThat(driver.deliveries())
        .extracting(d -> d.id() + ' ' + d.status() + ' ' + d.attempts().size())
        .containsExactly("e1 CANCELLED 1", "e4 CANCELLED 0");
    assertThat(driver.attempts()).isEmpty();
    assertThat(driver.meters.get("tocsin.deliveries").tag("status", "cancelled").counter().count())
        .isEqualTo(4);
  }

  @Test
  void deleted_andMadeAgainForTheSameAddress_isTwoLanes() {
    subscribe("sub_a", "dev.tocsin.incident.*");
    driver.plan(event("e1"));
    driver.answer(driver.attempt(), REFUSED);
    driver.deliveries();
    delete(ENDPOINT, ENDPOINT);
    subscribe("sub_b", "dev.tocsin.incident.*");
    driver.plan(Samples.notification("e2", "webhook/sub_b", "inc1", null, event("e2").content()));
    assertThat(driver.attempt().notification().endpoint()).isEqualTo("webhook/sub_b");
    assertThat(driver.subscriptions.find("sub_b")).isNotNull();
    assertThat(driver.deliveries())
        .extracting(d -> d.id() + ' ' + d.status())
        .contains("e1 CANCELLED")
        .doesNotContain("e2 CANCELLED");
  }

  @Test
  void longBacklogOfADeletedOne_keepsNoOtherWaiting() {
    for (int i = 0; i < 300; i++) {
      driver.plan(event("e" + i));
    }
    driver.attempts();
    driver.deliveries();
    delete(ENDPOINT, ENDPOINT);
    assertThat(driver.deliveries()).hasSizeBetween(1, 32);
    driver.plan(
        Samples.notification("other", "webhook/sub_b", "inc1", null, event("other").content()));
    assertThat(driver.attempt().notification().id()).isEqualTo("other");
    driver.deliveries();
    driver.pass(Duration.ofSeconds(2));
    assertThat(driver.deliveries()).hasSize(268);
    assertThat(driver.meters.get("tocsin.lane.depth").gauge().value()).isEqualTo(1);
  }

  @Test
  void deletionUnderAnotherKey_orOfNoSubscription_isSetAside() {
    driver.plan(event("e1"));
    driver.answer(driver.attempt(), REFUSED);
    driver.deliveries();
    delete(ENDPOINT, "webhook/sub_b");
    delete(Samples.PAGERDUTY, Samples.PAGERDUTY);
    assertThat(driver.deadLetters()).isEqualTo(2);
    assertThat(driver.deliveries()).isEmpty();
  }
}
