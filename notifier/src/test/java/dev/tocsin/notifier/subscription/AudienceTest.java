// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.subscription;

import static dev.tocsin.notifier.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.subscription.OutboundEvent.Scope;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.setting.Setting.Filter;
import dev.tocsin.schemas.setting.Setting.Subscription;
import dev.tocsin.schemas.topic.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class AudienceTest {

  private static final String OPENED = "dev.tocsin.incident.opened";
  private static final Scope ERROR_IN_SHOP = new Scope(Severity.ERROR, Map.of("service", "shop"));

  private static OutboundEvent event(Scope scope) {
    return new OutboundEvent(
        "evt_1", OPENED, "inc1", "inc1", 1, NOON, scope, "told-not", Map.of("incidentId", "inc1"));
  }

  private static Subscription subscription(String id, String pattern, Filter filter) {
    return new Subscription(
        id, "https://example.org/", List.of(pattern), filter, 1, true, "ann", NOON.minusSeconds(9));
  }

  static Stream<Arguments> table() {
    return Stream.of(
        // pattern, filter, scope -> wanted
        Arguments.of(OPENED, null, ERROR_IN_SHOP, true),
        Arguments.of("dev.tocsin.incident.*", null, ERROR_IN_SHOP, true),
        Arguments.of("*", null, null, true),
        Arguments.of("dev.tocsin.incident", null, ERROR_IN_SHOP, false),
        Arguments.of("dev.tocsin.page.*", null, ERROR_IN_SHOP, false),
        Arguments.of("*", new Filter(null, null), null, true),
        Arguments.of("*", new Filter(Severity.WARNING, null), ERROR_IN_SHOP, true),
        Arguments.of("*", new Filter(Severity.ERROR, null), ERROR_IN_SHOP, true),
        Arguments.of("*", new Filter(Severity.CRITICAL, null), ERROR_IN_SHOP, false),
        Arguments.of("*", new Filter(null, Map.of("service", "shop")), ERROR_IN_SHOP, true),
        Arguments.of("*", new Filter(null, Map.of("service", "till")), ERROR_IN_SHOP, false),
        Arguments.of("*", new Filter(Severity.INFO, null), null, false));
  }

  @ParameterizedTest(name = "{0} {1} on {2}: {3}")
  @MethodSource("table")
  void subscription_wantsWhatItsPatternAndFilterSay(
      String pattern, Filter filter, Scope scope, boolean wanted) {
    assertThat(Audience.wants(subscription("sub1", pattern, filter), event(scope), NOON))
        .isEqualTo(wanted);
  }

  @Test
  void event_isNotToldToWhomItIsAbout() {
    assertThat(Audience.wants(subscription("told-not", "*", null), event(null), NOON)).isFalse();
  }

  @Test
  void nobody_hearsWhatHappenedBeforeTheyAsked() {
    Instant before = NOON.minusSeconds(60);
    assertThat(Audience.wants(subscription("sub1", "*", null), event(null), before)).isFalse();
  }

  @Test
  @Tag("bad-input-63")
  void tooLongAnEvent_saysWhatIsLeftOut() {
    OutboundEvent endless =
        new OutboundEvent(
            "evt_1",
            OPENED,
            "inc1",
            "inc1",
            1,
            NOON,
            null,
            null,
            Map.of("context", "x".repeat(300_000)));
    assertThat(endless.toJson()).hasSizeLessThan(1_000).contains("leftOut", "inc1");
  }

  @Test
  void notification_carriesACloudEventAndTheSameIdEachTime() {
    List<Subscription> two = List.of(subscription("b", "*", null), subscription("a", "*", null));
    List<Notification> notifications = Audience.notifications(event(null), two, NOON);
    assertThat(notifications)
        .extracting(Notification::endpoint)
        .containsExactly("webhook/a", "webhook/b");
    assertThat(Audience.notifications(event(null), two, NOON)).isEqualTo(notifications);

    Content.Event content = (Content.Event) notifications.getFirst().content();
    JsonNode body = Json.MAPPER.readTree(content.body());
    assertThat(body.get("specversion").asString()).isEqualTo("1.0");
    assertThat(body.get("id").asString()).isEqualTo(content.eventId());
    assertThat(body.get("source").asString()).isEqualTo("/tocsin");
    assertThat(body.get("type").asString()).isEqualTo(OPENED);
    assertThat(body.get("subject").asString()).isEqualTo("inc1");
    assertThat(body.get("time").asString()).isEqualTo("2026-11-22T12:00:00Z");
    assertThat(body.get("data").get("incidentId").asString()).isEqualTo("inc1");
  }
}
