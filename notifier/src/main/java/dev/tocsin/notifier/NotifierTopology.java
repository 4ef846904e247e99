// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier;

import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.kafka.streams.Nodes;
import dev.tocsin.notifier.channel.ChannelCatalog;
import dev.tocsin.notifier.effect.EffectSettings;
import dev.tocsin.notifier.effect.LedgerProcessor;
import dev.tocsin.notifier.lane.LaneNodes;
import dev.tocsin.notifier.lane.LaneProcessor;
import dev.tocsin.notifier.subscription.FanOutProcessor;
import dev.tocsin.notifier.subscription.SubscriptionNewsProcessor;
import dev.tocsin.notifier.subscription.Subscriptions;
import dev.tocsin.notifier.subscription.SubscriptionsProcessor;
import dev.tocsin.notifier.watch.LaneBoard;
import dev.tocsin.notifier.watch.NotifierMetrics;
import dev.tocsin.schemas.topic.Topics;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.Topology;

/**
 * The way of a notification: planned by a run or, for subscribers, by the fan-out; scheduled by the
 * lane of its endpoint; attempted by a worker outside; its result back in the lane.
 *
 * <p>Two topologies that meet at the notifications, each committing for itself: a page is not held
 * up by what subscribers are told.
 */
final class NotifierTopology {

  static final String SERVICE = "notifier";

  private static final LaneNodes LANE = LaneNodes.NAMES;
  private static final String SCHEDULE = "schedule-deliveries";
  private static final String FAN_OUT = "fan-out";
  private static final String FAN_OUT_DEAD_LETTERS = "fan-out-dead-letters";

  private NotifierTopology() {}

  /** What happened becomes notifications for those who subscribed. */
  static Topology addFanOut(
      Topology topology, Subscriptions subscriptions, NotifierMetrics metrics) {
    Nodes.keepEverywhere(
        topology,
        SubscriptionsProcessor.STORE,
        Topics.SETTINGS,
        () -> new SubscriptionsProcessor(subscriptions));
    BooleanSupplier heard = () -> !subscriptions.all().isEmpty();
    Nodes.source(topology, "happened-to-incidents", Topics.INCIDENTS);
    Nodes.sourceWhile(heard, topology, "detected-anomalies", Topics.ANOMALIES);
    Nodes.sourceWhile(heard, topology, "ended-deliveries", Topics.DELIVERIES);
    Nodes.sourceWhile(heard, topology, "ended-steps", Topics.STEP_RESULTS);
    Nodes.sourceWhile(heard, topology, "moved-runs", Topics.RUNS);
    topology.addProcessor(
        FAN_OUT,
        () ->
            new FanOutProcessor(
                SERVICE, "events-to-subscribers", FAN_OUT_DEAD_LETTERS, subscriptions, metrics),
        "happened-to-incidents",
        "detected-anomalies",
        "ended-deliveries",
        "ended-steps",
        "moved-runs");
    topology.addStateStore(Shelf.store(FanOutProcessor.STORE), FAN_OUT);
    Nodes.sink(topology, "events-to-subscribers", Topics.NOTIFICATIONS, FAN_OUT);
    return Nodes.deadLetters(topology, FAN_OUT_DEAD_LETTERS, SERVICE, FAN_OUT);
  }

  /** Notifications become attempts, and their results deliveries. */
  static Topology addLanes(
      Topology topology,
      ChannelCatalog channels,
      EffectSettings effects,
      Subscriptions subscriptions,
      LaneBoard board,
      NotifierMetrics metrics) {
    Nodes.keepEverywhere(
        topology, LaneNodes.EFFECTS, Topics.EFFECTS, () -> new LedgerProcessor(LaneNodes.EFFECTS));
    Nodes.source(topology, "notifications", Topics.NOTIFICATIONS);
    Nodes.urgentSource(topology, "attempt-results", Topics.ATTEMPT_RESULTS);
    Nodes.urgentSource(topology, "commands", Topics.COMMANDS);
    topology.addProcessor(
        SCHEDULE,
        () -> new LaneProcessor(SERVICE, LANE, channels, effects.notBefore(), board, metrics),
        "notifications",
        "attempt-results",
        "commands");
    topology.addStateStore(Shelf.store(LaneNodes.LANES), SCHEDULE);
    Nodes.sink(topology, LANE.attempts(), Topics.ATTEMPTS, SCHEDULE);
    Nodes.sink(topology, LANE.deliveries(), Topics.DELIVERIES, SCHEDULE);
    Nodes.sink(topology, LANE.effects(), Topics.EFFECTS, SCHEDULE);
    Nodes.sink(topology, LANE.second(), Topics.NOTIFICATIONS, SCHEDULE);
    Nodes.deadLetters(topology, LANE.deadLetters(), SERVICE, SCHEDULE);

    topology.addProcessor(
        LANE.unreachable(),
        () -> new SubscriptionNewsProcessor(SERVICE, subscriptions, metrics),
        SCHEDULE,
        "commands");
    Nodes.sink(topology, SubscriptionNewsProcessor.SETTINGS, Topics.SETTINGS, LANE.unreachable());
    Nodes.sink(topology, SubscriptionNewsProcessor.AUDIT, Topics.AUDIT, LANE.unreachable());
    Nodes.sink(
        topology,
        SubscriptionNewsProcessor.NOTIFICATIONS,
        Topics.NOTIFICATIONS,
        LANE.unreachable());
    return Nodes.deadLetters(
        topology, SubscriptionNewsProcessor.DEAD_LETTERS, SERVICE, LANE.unreachable());
  }
}
