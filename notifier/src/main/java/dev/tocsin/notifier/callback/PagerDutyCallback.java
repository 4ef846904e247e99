// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.callback;

import dev.tocsin.notifier.channel.call.CallLimits;
import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.notifier.channel.pagerduty.PagerDutyRest;
import dev.tocsin.notifier.channel.pagerduty.PagerDutySettings;
import dev.tocsin.notifier.watch.NotifierMetrics;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Acknowledges and resolves here what people acknowledge and resolve in PagerDuty, by asking it
 * every few seconds while there are unresolved incidents. Without an API token it does not start.
 *
 * <p>Several instances ask and write the same commands, under the same ids: detection does what the
 * first says, and the others change nothing.
 */
public final class PagerDutyCallback implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(PagerDutyCallback.class);

  /** A list of a hundred incidents is some hundred kilobytes. */
  private static final CallLimits LIMITS =
      new CallLimits(Duration.ofSeconds(3), Duration.ofSeconds(5), 4 << 20);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final long WRITTEN_WITHIN_SECONDS = 30;
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final PagerDutySettings settings;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Supplier<Producer<String, Command>> producers;
  private final NotifierMetrics metrics;
  private final InstantSource clock;

  private volatile @Nullable Watch watch;

  /** The work between a start and its stop. */
  private record Watch(CountDownLatch stopping, HttpCalls calls, Thread thread) {}

  public PagerDutyCallback(
      PagerDutySettings settings,
      Supplier<Consumer<byte[], byte[]>> consumers,
      Supplier<Producer<String, Command>> producers,
      NotifierMetrics metrics,
      InstantSource clock) {
    this.settings = settings;
    this.consumers = consumers;
    this.producers = producers;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** For a consumer that reads everything, in no group, and only now and then. */
  public static Map<String, Object> ungrouped(Map<String, Object> config) {
    Map<String, Object> ungrouped = new HashMap<>(config);
    Set.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG)
        .forEach(ungrouped::remove);
    ungrouped.put(ConsumerConfig.CLIENT_ID_CONFIG, "tocsin-notifier-callback");
    return ungrouped;
  }

  @Override
  public boolean isAutoStartup() {
    return settings.isFollowed();
  }

  @Override
  public synchronized void start() {
    CountDownLatch stopping = new CountDownLatch(1);
    HttpCalls calls = HttpCalls.anywhere(LIMITS);
    watch =
        new Watch(
            stopping,
            calls,
            Thread.ofPlatform()
                .daemon()
                .name("pagerduty-callback")
                .start(() -> watch(stopping, calls)));
  }

  private void watch(CountDownLatch stopping, HttpCalls calls) {
    try (Consumer<byte[], byte[]> consumer = consumers.get();
        Producer<String, Command> producer = producers.get()) {
      WatchList watchList = new WatchList();
      IncidentFeed feed = new IncidentFeed(consumer, watchList, clock);
      PagerDutyPoll poll = new PagerDutyPoll(new PagerDutyRest(settings), calls, clock);
      Rounds rounds = new Rounds(stopping, watchList, feed, poll, producer);
      Duration pause = settings.pollInterval();
      while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pause = rounds.next();
      }
    } catch (InterruptedException | RuntimeException e) {
      // Stopping interrupts whatever it is at; nothing else ends the rounds.
      if (stopping.getCount() > 0) {
        LOG.error("what people do in PagerDuty is not seen any more", e);
      }
    }
  }

  /** Rounds of asking and telling; each bears that the one before failed. */
  private final class Rounds {

    private final CountDownLatch stopping;
    private final WatchList watchList;
    private final IncidentFeed feed;
    private final PagerDutyPoll poll;
    private final Producer<String, Command> producer;
    private @Nullable String lastFault;

    Rounds(
        CountDownLatch stopping,
        WatchList watchList,
        IncidentFeed feed,
        PagerDutyPoll poll,
        Producer<String, Command> producer) {
      this.stopping = stopping;
      this.watchList = watchList;
      this.feed = feed;
      this.poll = poll;
      this.producer = producer;
    }

    /** How long to wait for the next. */
    Duration next() throws InterruptedException {
      try {
        return round();
      } catch (InterruptException e) {
        throw e;
      } catch (RuntimeException | ExecutionException | TimeoutException e) {
        say(e.getClass().getName(), String.valueOf(e.getMessage()));
        return settings.pollInterval();
      }
    }

    private Duration round() throws InterruptedException, ExecutionException, TimeoutException {
      Duration interval = settings.pollInterval();
      if (!feed.catchUp() || watchList.dedupKeys().isEmpty()) {
        return interval;
      }
      PagerDutyPoll.Findings findings = poll.ask(watchList.dedupKeys());
      // What we did ourselves was in the topic before PagerDuty heard of it: read that first, and
      // it is not taken for what somebody did there.
      if (feed.catchUp()) {
        for (Command command :
            CallbackRules.decide(watchList.unresolved(), findings.reports(), clock.instant())) {
          write(command);
        }
      }
      PagerDutyPoll.Fault fault = findings.fault();
      metrics.polled(CallbackRules.VIA, fault == null);
      if (fault == null) {
        say(null, "");
        return interval;
      }
      say(fault.kind(), fault.detail());
      Duration asked = fault.pause().compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : fault.pause();
      return asked.compareTo(interval) > 0 ? asked : interval;
    }

    private void write(Command command)
        throws InterruptedException, ExecutionException, TimeoutException {
      producer
          .send(new ProducerRecord<>(Topics.COMMANDS.name(), command.scope(), command))
          .get(WRITTEN_WITHIN_SECONDS, TimeUnit.SECONDS);
      switch (command) {
        case Command.Acknowledge c -> {
          watchList.asked(c.incidentId(), Watched.Asked.ACKNOWLEDGE);
          metrics.calledBack(CallbackRules.VIA, "acknowledge");
        }
        case Command.Resolve c -> {
          watchList.asked(c.incidentId(), Watched.Asked.RESOLVE);
          metrics.calledBack(CallbackRules.VIA, "resolve");
        }
        case Command.AddNote _,
            Command.MoveAlerts _,
            Command.ReplayDelivery _,
            Command.TestSubscription _ ->
            throw new IllegalStateException("not decided here: " + command);
      }
    }

    /** Once per change; that stopping cuts a call off is no news. */
    private void say(@Nullable String fault, String detail) {
      if (stopping.getCount() == 0) {
        return;
      }
      if (!Objects.equals(fault, lastFault)) {
        if (fault == null) {
          LOG.info("what people do in PagerDuty is seen again");
        } else {
          LOG.warn("what people do in PagerDuty is not seen for now: {}", detail);
        }
      }
      lastFault = fault;
    }
  }

  @Override
  public synchronized void stop() {
    Watch old = watch;
    if (old == null) {
      return;
    }
    watch = null;
    old.stopping().countDown();
    old.thread().interrupt();
    old.calls().close();
    try {
      if (!old.thread().join(STOP_WITHIN)) {
        LOG.warn("asking PagerDuty did not end within {} s", STOP_WITHIN.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return watch != null;
  }
}
