// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.subscription;

import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.setting.Setting.Filter;
import dev.tocsin.schemas.setting.Setting.Subscription;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who hears of an event. */
final class Audience {

  private Audience() {}

  /** One notification for each subscription that wants the event. */
  static List<Notification> notifications(
      OutboundEvent event, Collection<Subscription> subscriptions, Instant now) {
    List<Subscription> wanting =
        subscriptions.stream()
            .filter(s -> wants(s, event, now))
            .sorted(Comparator.comparing(Subscription::id))
            .toList();
    if (wanting.isEmpty()) {
      return List.of();
    }
    Content content = new Content.Event(event.id(), event.type(), event.toJson());
    return wanting.stream().map(s -> notification(s, event, content, now)).toList();
  }

  /** Nobody is told what happened before they asked. */
  static boolean wants(Subscription subscription, OutboundEvent event, Instant now) {
    return subscription.active()
        && !subscription.createdAt().isAfter(now)
        && !subscription.id().equals(event.notTo())
        && subscription.events().stream().anyMatch(pattern -> matches(pattern, event.type()))
        && passes(subscription.filter(), event.scope());
  }

  private static boolean matches(String pattern, String type) {
    return pattern.endsWith("*")
        ? type.startsWith(pattern.substring(0, pattern.length() - 1))
        : type.equals(pattern);
  }

  private static boolean passes(@Nullable Filter filter, OutboundEvent.@Nullable Scope scope) {
    if (filter == null || (filter.atLeast() == null && filter.labels() == null)) {
      return true;
    }
    if (scope == null) {
      return false;
    }
    boolean badEnough = filter.atLeast() == null || !filter.atLeast().isWorseThan(scope.severity());
    boolean labelled =
        filter.labels() == null
            || scope.labels().entrySet().containsAll(filter.labels().entrySet());
    return badEnough && labelled;
  }

  private static Notification notification(
      Subscription subscription, OutboundEvent event, Content content, Instant now) {
    return new Notification(
        Notification.deliveryId(subscription.id(), event.id()),
        "webhook/" + subscription.id(),
        event.subject(),
        event.epoch(),
        event.order(),
        null,
        event.time(),
        now,
        content);
  }
}
