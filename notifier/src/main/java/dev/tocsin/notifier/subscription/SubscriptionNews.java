// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.subscription;

import dev.tocsin.notifier.lane.Unreachable;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.setting.Setting.Subscription;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens to subscriptions themselves: that one is tested, given up, or deleted. */
final class SubscriptionNews {

  static final String TEST = "dev.tocsin.subscription.test";
  static final String DISABLED = "dev.tocsin.subscription.disabled";

  private static final String SERVICE = "notifier";

  private SubscriptionNews() {}

  /**
   * An endpoint that is given up.
   *
   * @param told notifications to those others that want to hear of it
   */
  record GivenUp(Setting.Disabled setting, AuditEntry audit, List<Notification> told) {}

  static GivenUp of(Unreachable unreachable, Collection<Subscription> all) {
    String id = subscriptionId(unreachable.endpoint());
    Subscription subscription =
        all.stream().filter(s -> s.id().equals(id)).findFirst().orElse(null);
    Instant at = unreachable.at();
    OutboundEvent event =
        new OutboundEvent(
            ContentId.of("evt", DISABLED, id, unreachable.since()),
            DISABLED,
            id,
            id,
            0,
            at,
            null,
            id,
            content(unreachable, id, subscription));
    return new GivenUp(
        new Setting.Disabled(id, SERVICE, unreachable.why(), at),
        new AuditEntry(
            ContentId.of("aud", "subscription.disable", id, unreachable.since()),
            SERVICE,
            "subscription.disable",
            id,
            unreachable.why(),
            at),
        Audience.notifications(event, all, at));
  }

  private static Map<String, Object> content(
      Unreachable unreachable, String id, @Nullable Subscription subscription) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("subscription", id);
    if (subscription != null) {
      // Its path may hold a secret of theirs.
      content.put("host", String.valueOf(URI.create(subscription.url()).getHost()));
      content.put("createdBy", subscription.createdBy());
    }
    content.put("reason", unreachable.why());
    content.put("failingSince", unreachable.since());
    content.put("attempts", unreachable.attempts());
    return content;
  }

  /** The notification that a test is. It goes out like any other, whatever the subscriber wants. */
  static Notification of(Command.TestSubscription command) {
    String id = subscriptionId(command.endpoint());
    String eventId = command.eventId();
    OutboundEvent event =
        new OutboundEvent(
            eventId,
            TEST,
            id,
            id,
            0,
            command.at(),
            null,
            null,
            Map.of("subscription", id, "by", command.by()));
    return new Notification(
        Notification.deliveryId(id, eventId),
        command.endpoint(),
        id,
        0,
        "test",
        null,
        command.at(),
        command.at(),
        new Content.Event(eventId, TEST, event.toJson()));
  }

  /** The keys of all settings of a subscription that is deleted. */
  static List<String> takenBack(Command.DeleteSubscription command) {
    String id = subscriptionId(command.endpoint());
    return List.of(SubscriptionsProcessor.KIND + id, SubscriptionsProcessor.DISABLED + id);
  }

  private static String subscriptionId(String endpoint) {
    return endpoint.substring(endpoint.indexOf('/') + 1);
  }
}
