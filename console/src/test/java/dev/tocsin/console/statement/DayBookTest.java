// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.console.Samples;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.beat.Beat;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.statement.Statement;
import dev.tocsin.schemas.statement.Statement.Unexplained;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DayBookTest {

  private static final DayBook.Slice ALL = new DayBook.Slice(0, 1);
  private static final Alert ALERT = Samples.alert("rcpt-0");
  private static final Notification PAGE =
      Samples.page("dlv_1", "inc_1", Delivery.Status.PENDING, Samples.NOON).notification();

  private final DayBook book = new DayBook(ALL, List.of());

  static <V> ConsumerRecord<byte[], byte[]> record(Topic<V> topic, V value) {
    return record(topic.name(), topic.valueSerde().serializer().serialize("", value));
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic, byte[] value) {
    return new ConsumerRecord<>(
        topic,
        0,
        0,
        Samples.NOON.toEpochMilli(),
        TimestampType.LOG_APPEND_TIME,
        0,
        value.length,
        new byte[0],
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private static AlertOutcome outcome(AlertOutcome.Outcome outcome) {
    return Samples.outcome(ALERT, outcome, "inc_1");
  }

  private static Delivery page(Delivery.Status status) {
    return Samples.page("dlv_1", "inc_1", status, Samples.NOON);
  }

  @Test
  void alert_isAcceptedOnce_andHasItsFirstOutcome() {
    book.counted(record(Topics.ALERTS, ALERT));
    book.counted(record(Topics.ALERTS, ALERT));
    book.followed(record(Topics.ALERT_OUTCOMES, outcome(AlertOutcome.Outcome.OPENED)));
    book.followed(record(Topics.ALERT_OUTCOMES, outcome(AlertOutcome.Outcome.REPEAT)));
    assertThat(book.alerts()).isEqualTo(new Statement.Alerts(1, Map.of("OPENED", 1L), 0));
    assertThat(book.unexplained()).isEmpty();
  }

  @Test
  void deadLetter_givesWayToTheOutcomeOfItsReplay() {
    book.counted(record(Topics.ALERTS, ALERT));
    book.followed(record(Topics.ALERT_OUTCOMES, outcome(AlertOutcome.Outcome.DEAD_LETTER)));
    book.followed(record(Topics.ALERT_OUTCOMES, outcome(AlertOutcome.Outcome.JOINED)));
    assertThat(book.alerts()).isEqualTo(new Statement.Alerts(1, Map.of("JOINED", 1L), 0));
  }

  @Test
  void alertWithoutOutcome_isUnexplained_withItsTime() {
    book.counted(record(Topics.ALERTS, ALERT));
    assertThat(book.alerts()).isEqualTo(new Statement.Alerts(1, Map.of(), 1));
    assertThat(book.unexplained())
        .containsExactly(new Unexplained("rcpt-0", Unexplained.Kind.ALERT, Samples.NOON));
  }

  @Test
  void copyOfAnEarlierAlert_isNotAccepted_andNotUnexplained() {
    book.counted(record(Topics.ALERTS, ALERT));
    book.earlier(record(Topics.ALERT_OUTCOMES, outcome(AlertOutcome.Outcome.OPENED)));
    assertThat(book.alerts()).isEqualTo(new Statement.Alerts(0, Map.of(), 0));
    assertThat(book.unexplained()).isEmpty();
  }

  @Test
  void outcomesOfOtherDays_areNotThisDays() {
    book.followed(record(Topics.ALERT_OUTCOMES, outcome(AlertOutcome.Outcome.OPENED)));
    assertThat(book.alerts()).isEqualTo(new Statement.Alerts(0, Map.of(), 0));
  }

  @Test
  void whatWasUnexplained_staysSoUntilItIsExplained() {
    Unexplained alert = new Unexplained("rcpt-0", Unexplained.Kind.ALERT, Samples.NOON);
    Unexplained effect =
        new Unexplained("dlv_1", Unexplained.Kind.EFFECT, Samples.NOON.minusSeconds(1));
    DayBook next = new DayBook(ALL, List.of(alert, effect));
    assertThat(next.unexplained()).containsExactly(effect, alert);
    next.followed(record(Topics.ALERT_OUTCOMES, outcome(AlertOutcome.Outcome.OPENED)));
    assertThat(next.unexplained()).containsExactly(effect);
    next.followed(record(Topics.DELIVERIES, page(Delivery.Status.DEAD)));
    assertThat(next.unexplained()).isEmpty();
    assertThat(next.alerts().accepted()).as("they were counted on their own day").isZero();
  }

  @Test
  void effect_isWhereItsLastDeliveryWas() {
    book.counted(record(Topics.NOTIFICATIONS, PAGE));
    assertThat(book.effects()).containsEntry("pagerduty", effects(0, 0, 0, 0, 1));
    book.followed(record(Topics.DELIVERIES, page(Delivery.Status.PENDING)));
    assertThat(book.effects()).containsEntry("pagerduty", effects(0, 0, 0, 1, 0));
    book.followed(record(Topics.DELIVERIES, page(Delivery.Status.DELIVERED)));
    assertThat(book.effects()).containsEntry("pagerduty", effects(0, 0, 1, 0, 0));
    book.followed(record(Topics.DELIVERIES, page(Delivery.Status.CANCELLED)));
    assertThat(book.effects()).containsEntry("pagerduty", effects(1, 0, 0, 0, 0));
    assertThat(book.effects().get("pagerduty").balances()).isTrue();
  }

  private static Statement.Effects effects(
      long cancelled, long dead, long done, long pending, long unexplained) {
    return new Statement.Effects(cancelled, dead, done, pending, 1, unexplained);
  }

  @Test
  void notificationSetAside_isADeadEffect_unlessItsLaneSaysOtherwise() {
    book.counted(record(Topics.NOTIFICATIONS, PAGE));
    ConsumerRecord<byte[], byte[]> letter =
        record(
            Topics.deadLetters("notifier"),
            Topics.NOTIFICATIONS.valueSerde().serializer().serialize("", PAGE));
    letter
        .headers()
        .add("tocsin_origin", Topics.NOTIFICATIONS.name().getBytes(StandardCharsets.UTF_8));
    book.followed(letter);
    assertThat(book.effects()).containsEntry("pagerduty", effects(0, 1, 0, 0, 0));
    book.followed(record(Topics.DELIVERIES, page(Delivery.Status.DELIVERED)));
    assertThat(book.effects()).containsEntry("pagerduty", effects(0, 0, 1, 0, 0));
  }

  @Test
  void beats_areNoEffects() {
    Instant at = Samples.NOON;
    Content beat = new Content.Event("evt", Beat.EVENT_TYPE, at.toString());
    book.counted(
        record(
            Topics.NOTIFICATIONS,
            new Notification("dlv_b", Beat.ENDPOINT, "beat", 1, "beat", null, at, at, beat)));
    assertThat(book.effects()).isEmpty();
  }

  @Test
  void slices_coverEveryAlertOnce() {
    long accepted = 0;
    for (int n = 0; n < 3; n++) {
      DayBook slice = new DayBook(new DayBook.Slice(n, 3), List.of());
      for (int i = 0; i < 100; i++) {
        slice.counted(record(Topics.ALERTS, Samples.alert("rcpt-" + i)));
      }
      assertThat(slice.alerts().accepted()).isBetween(1L, 99L);
      accepted += slice.alerts().accepted();
    }
    assertThat(accepted).isEqualTo(100);
  }

  @Test
  void bytesThatCannotBeRead_orLackAnId_areNoAlerts() {
    book.counted(record(Topics.ALERTS.name(), "{oops".getBytes(StandardCharsets.UTF_8)));
    book.counted(record(Topics.ALERTS.name(), "{}".getBytes(StandardCharsets.UTF_8)));
    assertThat(book.alerts().accepted()).isZero();
  }
}
