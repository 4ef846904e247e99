// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.notifier.channel.jira.JiraSettings;
import dev.tocsin.notifier.channel.pagerduty.PagerDutySettings;
import dev.tocsin.notifier.watch.NotifierMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps incidents, pages and tickets at one: what people do at a vendor's comes in over webhooks,
 * buttons of posts among them, and by asking; what is open there although it is over here is ended.
 *
 * <p>Several instances ask and write the same, under the same ids: the first counts, and the others
 * change nothing. Webhooks they share.
 */
public final class Reconciler implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final PagerDutySettings pagerDuty;
  private final JiraSettings jira;
  private final Clients clients;
  private final NotifierMetrics metrics;
  private final InstantSource clock;

  private volatile @Nullable Work work;

  /** How the reconciler meets the broker. */
  public interface Clients {

    /** Reads everything, in no group. */
    Consumer<byte[], byte[]> ungrouped();

    /** Shares a topic with the other instances. */
    Consumer<byte[], byte[]> grouped();

    Producer<byte[], byte[]> producer();
  }

  /** What is done between a start and its stop. */
  private record Work(CountDownLatch stopping, List<AutoCloseable> means, List<Thread> threads) {}

  public Reconciler(
      PagerDutySettings pagerDuty,
      JiraSettings jira,
      Clients clients,
      NotifierMetrics metrics,
      InstantSource clock) {
    this.pagerDuty = pagerDuty;
    this.jira = jira;
    this.clients = clients;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** For a consumer that reads everything, in no group, and only now and then. */
  public static Map<String, Object> ungrouped(Map<String, Object> config) {
    Map<String, Object> ungrouped = new HashMap<>(config);
    ungrouped.keySet().remove(ConsumerConfig.GROUP_ID_CONFIG);
    ungrouped.keySet().remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    ungrouped.keySet().remove(ConsumerConfig.MAX_POLL_RECORDS_CONFIG);
    ungrouped.put(ConsumerConfig.CLIENT_ID_CONFIG, "tocsin-notifier-reconciler");
    return ungrouped;
  }

  /** For a consumer that has to ask a vendor about what it reads. */
  public static Map<String, Object> grouped(Map<String, Object> config) {
    Map<String, Object> grouped = new HashMap<>(config);
    grouped.put(ConsumerConfig.GROUP_ID_CONFIG, "tocsin-notifier-callbacks");
    grouped.put(ConsumerConfig.CLIENT_ID_CONFIG, "tocsin-notifier-callbacks");
    grouped.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10);
    return grouped;
  }

  @Override
  public synchronized void start() {
    CountDownLatch stopping = new CountDownLatch(1);
    List<AutoCloseable> means = new ArrayList<>();
    List<Thread> threads =
        rounds(means).stream()
            .map(
                round ->
                    Thread.ofPlatform()
                        .daemon()
                        .name("reconcile-" + round.getClass().getSimpleName())
                        .start(() -> run(round, stopping)))
            .toList();
    work = new Work(stopping, means, threads);
  }

  private List<Round> rounds(List<AutoCloseable> means) {
    Consumer<byte[], byte[]> incidents = clients.ungrouped();
    Producer<byte[], byte[]> producer = clients.producer();
    HttpCalls questions = HttpCalls.anywhere(PageRound.LIMITS);
    means.addAll(List.of(incidents, producer, questions));
    WatchList watchList = new WatchList();
    OurSide here =
        new OurSide(
            new IncidentFeed(incidents, watchList, clock),
            watchList,
            new Outbox(producer, watchList, metrics),
            metrics,
            clock);
    List<Round> rounds = new ArrayList<>();
    rounds.add(
        new CallbackRound(
            new CallbackFeed(clients.grouped()),
            Map.of(
                PageRules.VIA,
                new PageNames(pagerDuty, questions, clock),
                TicketRules.VIA,
                new TicketNames(jira, questions, clock),
                PostRules.VIA,
                new PostNames()),
            new CallbackRules(jira.doneResolves()),
            here));
    if (pagerDuty.isFollowed()) {
      rounds.add(new PageRound(pagerDuty, here));
    }
    if (jira.isFollowed()) {
      rounds.add(new TicketRound(jira, here));
    }
    return rounds;
  }

  private static void run(Round round, CountDownLatch stopping) {
    FaultLog faults = new FaultLog(round.about());
    try {
      Duration pause = Duration.ZERO;
      while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pause = once(round, faults);
      }
    } catch (InterruptedException | RuntimeException e) {
      // Stopping interrupts whatever it is at; nothing else ends the rounds.
      if (stopping.getCount() > 0) {
        LOG.error("{} is not seen any more", round.about(), e);
      }
    } finally {
      // A consumer cannot close on a thread that is interrupted.
      boolean _ = Thread.interrupted();
      round.close();
    }
  }

  private static Duration once(Round round, FaultLog faults) throws InterruptedException {
    try {
      Duration pause = round.next();
      faults.works();
      return pause;
    } catch (InterruptException e) {
      throw e;
    } catch (RuntimeException | ExecutionException | TimeoutException e) {
      faults.failed(e.getClass().getName(), String.valueOf(e.getMessage()));
      return round.afterFailure();
    }
  }

  @Override
  public synchronized void stop() {
    Work old = work;
    if (old == null) {
      return;
    }
    work = null;
    old.stopping().countDown();
    old.threads().forEach(Thread::interrupt);
    try {
      for (Thread thread : old.threads()) {
        if (!thread.join(STOP_WITHIN)) {
          LOG.warn("{} did not end within {} s", thread.getName(), STOP_WITHIN.toSeconds());
        }
      }
      for (AutoCloseable each : old.means()) {
        each.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("not everything was closed: {}", String.valueOf(e.getMessage()));
    }
  }

  @Override
  public boolean isRunning() {
    return work != null;
  }
}
