// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.subscription;

import dev.tocsin.kafka.deadletter.SetAsideUndecidable;
import dev.tocsin.notifier.lane.Unreachable;
import dev.tocsin.notifier.watch.NotifierMetrics;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Plans test events, says of an endpoint that a lane gave up that it is disabled, and takes back
 * the settings of a subscription that is deleted.
 */
public final class SubscriptionNewsProcessor implements Processor<String, Object, Object, Object> {

  /** The nodes that take what it says. */
  public static final String SETTINGS = "disabled-subscriptions";

  public static final String AUDIT = "audit";
  public static final String NOTIFICATIONS = "events-about-subscriptions";
  public static final String DEAD_LETTERS = "subscription-dead-letters";

  private final String service;
  private final Subscriptions subscriptions;
  private final NotifierMetrics metrics;

  private @Nullable ProcessorContext<Object, Object> context;

  public SubscriptionNewsProcessor(
      String service, Subscriptions subscriptions, NotifierMetrics metrics) {
    this.service = service;
    this.subscriptions = subscriptions;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
  }

  @Override
  public void process(Record<String, Object> record) {
    try {
      switch (record.value()) {
        case Unreachable u -> say(SubscriptionNews.of(u, subscriptions.all()), record.timestamp());
        case Command.TestSubscription c ->
            tell(List.of(SubscriptionNews.of(c)), c.at().toEpochMilli());
        // Whoever asked takes it back too, and may have been killed between the two.
        case Command.DeleteSubscription c ->
            SubscriptionNews.takenBack(c)
                .forEach(
                    key -> opened().forward(new Record<>(key, null, record.timestamp()), SETTINGS));
        case null, default -> {
          // Other commands are for others.
        }
      }
    } catch (RuntimeException e) {
      new SetAsideUndecidable(opened(), service, DEAD_LETTERS).accept(record, e);
    }
  }

  private void say(SubscriptionNews.GivenUp givenUp, long at) {
    opened().forward(new Record<>(givenUp.setting().key(), givenUp.setting(), at), SETTINGS);
    opened().forward(new Record<>(givenUp.audit().actor(), givenUp.audit(), at), AUDIT);
    tell(givenUp.told(), at);
  }

  private void tell(List<Notification> notifications, long at) {
    for (Notification n : notifications) {
      opened().forward(new Record<>(n.endpoint(), n, at), NOTIFICATIONS);
      if (n.content() instanceof Content.Event event) {
        metrics.eventSent(event.eventType());
      }
    }
  }

  private ProcessorContext<Object, Object> opened() {
    if (context == null) {
      throw new IllegalStateException("used before init");
    }
    return context;
  }
}
