// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.watch;

import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.notification.Content;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What the notifier counts.
 *
 * <ul>
 *   <li>{@code tocsin.attempts{channel,outcome,reason}}: attempts and probes whose outcome a lane
 *       acted on.
 *   <li>{@code tocsin.deliveries{channel,status}}: deliveries that came to an end.
 *   <li>{@code tocsin.lane.depth{channel}}: deliveries that have not.
 *   <li>{@code tocsin.lane.oldest.age{channel}}: for how long the oldest of these has not.
 *   <li>{@code tocsin.page.time}: from an alert's arrival at ingest to the page's delivery.
 *   <li>{@code tocsin.lane.ignored}: repeated notifications, late or forged results, replays of
 *       nothing.
 *   <li>{@code tocsin.events.sent{type}}: events planned for a subscriber.
 *   <li>{@code tocsin.callbacks{channel,kind}}: commands written for what people did at a vendor's.
 *   <li>{@code tocsin.callbacks.passed{channel,reason}}: what a webhook told, and nothing followed.
 *   <li>{@code tocsin.strays.healed{channel}}: pages and tickets that were open although their
 *       incident was over.
 *   <li>{@code tocsin.callback.polls{channel,outcome}}: rounds of asking the vendor about that.
 * </ul>
 *
 * <p>Over all lanes: notifications = deliveries + depth + repeats. A crash may count the records of
 * its last transaction twice, here and not in the topics.
 */
public final class NotifierMetrics {

  private static final String CHANNEL = "channel";
  private static final Duration LONGEST_PAGE = Duration.ofMinutes(15);

  private final MeterRegistry registry;
  private final LaneBoard lanes;
  private final InstantSource clock;
  private final Timer pageTime;
  private final Set<String> channels = ConcurrentHashMap.newKeySet();

  public NotifierMetrics(MeterRegistry registry, LaneBoard lanes, InstantSource clock) {
    this.registry = registry;
    this.lanes = lanes;
    this.clock = clock;
    this.pageTime =
        Timer.builder("tocsin.page.time")
            .publishPercentiles(0.5, 0.99)
            .publishPercentileHistogram()
            .maximumExpectedValue(LONGEST_PAGE)
            .register(registry);
  }

  /** An attempt that a lane acted on. */
  public void attempted(AttemptResult result) {
    String channel = channelOf(result.endpoint());
    watch(channel);
    registry
        .counter(
            "tocsin.attempts",
            CHANNEL,
            channel,
            "outcome",
            result.outcome().label(),
            "reason",
            reason(result.outcome()))
        .increment();
  }

  /** A delivery that came to an end. */
  public void settled(Delivery delivery) {
    String channel = delivery.notification().channel();
    watch(channel);
    String status = delivery.status().name().toLowerCase(Locale.ROOT);
    registry.counter("tocsin.deliveries", CHANNEL, channel, "status", status).increment();
    if (delivery.status() == Delivery.Status.DELIVERED
        && delivery.notification().content() instanceof Content.Page) {
      delivery.attempts().stream()
          .filter(attempt -> attempt.outcome() instanceof Outcome.Delivered)
          .findFirst()
          .map(AttemptResult::endedAt)
          .ifPresent(told -> tookToPage(delivery.notification().receivedAt(), told));
    }
  }

  private void tookToPage(Instant receivedAt, Instant told) {
    Duration took = Duration.between(receivedAt, told);
    // Two machines took the two times.
    pageTime.record(took.isNegative() ? Duration.ZERO : took);
  }

  public void ignored(int times) {
    registry.counter("tocsin.lane.ignored").increment(times);
  }

  public void eventSent(String type) {
    registry.counter("tocsin.events.sent", "type", type).increment();
  }

  /** A command was written for what somebody did at a vendor's. */
  public void calledBack(String channel, String kind) {
    registry.counter("tocsin.callbacks", CHANNEL, channel, "kind", kind).increment();
  }

  /** A vendor's webhook told something from which nothing follows. */
  public void passed(String channel, String reason) {
    registry.counter("tocsin.callbacks.passed", CHANNEL, channel, "reason", reason).increment();
  }

  /** Something was open at a vendor's although its incident was over, and was ended. */
  public void healed(String channel) {
    registry.counter("tocsin.strays.healed", CHANNEL, channel).increment();
  }

  /** A vendor was asked what people did there. */
  public void polled(String channel, boolean answered) {
    String outcome = answered ? "answered" : "failed";
    registry.counter("tocsin.callback.polls", CHANNEL, channel, "outcome", outcome).increment();
  }

  /** From now on the lanes of this channel have gauges. */
  public void watch(String channel) {
    if (!channels.add(channel)) {
      return;
    }
    Gauge.builder("tocsin.lane.depth", lanes, board -> board.depth(channel))
        .tag(CHANNEL, channel)
        .register(registry);
    TimeGauge.builder(
            "tocsin.lane.oldest.age",
            lanes,
            TimeUnit.MILLISECONDS,
            board -> board.oldestAge(channel, clock.instant()).toMillis())
        .tag(CHANNEL, channel)
        .register(registry);
  }

  private static String channelOf(String endpoint) {
    return endpoint.substring(0, endpoint.indexOf('/'));
  }

  private static String reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.TryAgain o -> o.reason().name().toLowerCase(Locale.ROOT);
      case Outcome.Unknown o -> o.reason().name().toLowerCase(Locale.ROOT);
      case Outcome.GiveUp o -> o.reason().name().toLowerCase(Locale.ROOT);
      case Outcome.Delivered _, Outcome.Absent _ -> "none";
    };
  }
}
