// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.console.Samples;
import dev.tocsin.console.delivery.Deliveries;
import dev.tocsin.console.view.Counters;
import dev.tocsin.console.view.Folding;
import dev.tocsin.schemas.beat.Beat;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectsTest {

  @TempDir Path directory;

  private Folding view() {
    return new Folding(
        directory, Stream.of(Effects.folds(), Deliveries.folds()).flatMap(List::stream).toList());
  }

  private static Delivery page(Delivery.Status status) {
    return Samples.page("dlv_1", "inc_1", status, Samples.NOON);
  }

  @Test
  void effect_isUnexplainedUntilItsLaneSpeaks_andInOneStateThen() {
    try (Folding view = view()) {
      view.read(Topics.NOTIFICATIONS, page(Delivery.Status.PENDING).notification());
      assertThat(pagerDuty(view)).isEqualTo(new Effects.OfChannel(1, 0, 0, 0, 0, 1));
      assertThat(new Effects(view.rows()).unexplained(5))
          .extracting(Effects.Unexplained::id)
          .containsExactly("dlv_1");

      view.read(Topics.DELIVERIES, page(Delivery.Status.PENDING));
      assertThat(pagerDuty(view)).isEqualTo(new Effects.OfChannel(1, 0, 1, 0, 0, 0));
      assertThat(new Effects(view.rows()).unexplained(5)).isEmpty();

      view.read(Topics.DELIVERIES, page(Delivery.Status.DEAD));
      assertThat(pagerDuty(view)).isEqualTo(new Effects.OfChannel(1, 0, 0, 1, 0, 0));

      view.read(Topics.DELIVERIES, page(Delivery.Status.DELIVERED));
      assertThat(pagerDuty(view)).isEqualTo(new Effects.OfChannel(1, 1, 0, 0, 0, 0));
    }
  }

  @Test
  void deliveryReadBeforeItsNotification_orNotificationWrittenTwice_countsOnce() {
    try (Folding view = view()) {
      Notification planned = page(Delivery.Status.DELIVERED).notification();
      view.read(Topics.DELIVERIES, page(Delivery.Status.DELIVERED));
      view.read(Topics.NOTIFICATIONS, planned, planned);
      assertThat(pagerDuty(view)).isEqualTo(new Effects.OfChannel(1, 1, 0, 0, 0, 0));
    }
  }

  @Test
  void channels_areCountedApart() {
    try (Folding view = view()) {
      view.read(
          Topics.DELIVERIES,
          page(Delivery.Status.CANCELLED),
          Samples.ticket("dlv_2", "inc_1", Delivery.Status.PENDING, Samples.NOON));
      assertThat(Effects.byChannel(Counters.of(view.rows())))
          .containsOnlyKeys("jira", "pagerduty")
          .containsEntry("pagerduty", new Effects.OfChannel(1, 0, 0, 0, 1, 0))
          .containsEntry("jira", new Effects.OfChannel(1, 0, 1, 0, 0, 0));
    }
  }

  @Test
  void beats_areNoEffects() {
    try (Folding view = view()) {
      view.read(
          Topics.NOTIFICATIONS,
          new Notification(
              "dlv_beat",
              Beat.ENDPOINT,
              "beat",
              1,
              "beat",
              null,
              Samples.NOON,
              Samples.NOON,
              new Content.Event("evt", Beat.EVENT_TYPE, Samples.NOON.toString())));
      assertThat(Effects.byChannel(Counters.of(view.rows()))).isEmpty();
    }
  }

  private static Effects.OfChannel pagerDuty(Folding view) {
    return Effects.byChannel(Counters.of(view.rows())).get("pagerduty");
  }
}
