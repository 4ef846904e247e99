// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.spool;

import dev.tocsin.ingest.spool.SourceSpool.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings to Kafka what waits in the spool: a thread for each source, in the order of acceptance.
 *
 * <p>A message leaves the spool when Kafka has confirmed it. One that Kafka has without our knowing
 * is written again, and detection knows it by its alerts' ids.
 */
public final class Drain implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

  private static final int MOST = 200;
  private static final long MOST_BYTES = 1 << 20;

  /** A little longer than the producer's delivery.timeout.ms, which ends a write before. */
  private static final Duration PATIENCE = Duration.ofSeconds(7);

  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Spool spool;
  private final KafkaLog kafka;
  private final Duration pause;
  private final DrainListener listener;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Map<String, Thread> threads = new ConcurrentHashMap<>();

  /**
   * @param pause between two tries while Kafka is away
   */
  public Drain(Spool spool, KafkaLog kafka, Duration pause, DrainListener listener) {
    this.spool = spool;
    this.kafka = kafka;
    this.pause = pause;
    this.listener = listener;
  }

  /** From now on, for what is there and for what comes. */
  public void start() {
    spool.onOpened(this::start);
  }

  private void start(SourceSpool source) {
    threads.computeIfAbsent(
        source.source(),
        name -> Thread.ofVirtual().name("ingest-drain-" + name).start(() -> run(source)));
  }

  private void run(SourceSpool source) {
    // One at a time while Kafka is away: fewer writes whose end nobody knows.
    int most = 1;
    while (!isStopped()) {
      try {
        source.awaitFilled(IDLE);
        if (turn(source, most)) {
          most = MOST;
        } else {
          most = 1;
          if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (IOException | RuntimeException e) {
        LOG.error("the spool of {} cannot be drained, and is tried again", source.source(), e);
        most = 1;
        if (pauseOrStop()) {
          return;
        }
      }
    }
  }

  private boolean pauseOrStop() {
    try {
      return stopped.await(IDLE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** False when Kafka did not take what was first. */
  private boolean turn(SourceSpool source, int most) throws IOException, InterruptedException {
    List<Waiting> batch = upToUnderway(source.first(most, MOST_BYTES));
    if (batch.isEmpty()) {
      return true;
    }
    List<CompletableFuture<?>> writes = new ArrayList<>(batch.size());
    for (Waiting waiting : batch) {
      CompletableFuture<?> underway = waiting.underway();
      boolean isIn = underway != null && failure(underway) == null;
      writes.add(isIn ? CompletableFuture.completedFuture(null) : kafka.write(waiting.entry()));
    }
    int confirmed = 0;
    Throwable failure = null;
    while (failure == null && confirmed < batch.size()) {
      failure = failure(writes.get(confirmed));
      confirmed += failure == null ? 1 : 0;
    }
    source.drained(batch.subList(0, confirmed));
    if (confirmed > 0) {
      kafka.confirmed();
      listener.drained(source.source(), confirmed);
    }
    if (failure == null) {
      return true;
    }
    if (KafkaLog.isForGood(failure)) {
      source.refused(batch.get(confirmed));
      return true;
    }
    kafka.unconfirmed();
    return false;
  }

  /** A write that is still underway is waited for alone, lest one behind it overtakes it. */
  private static List<Waiting> upToUnderway(List<Waiting> batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (batch.get(i).underway() != null) {
        return batch.subList(0, Math.max(1, i));
      }
    }
    return batch;
  }

  private static @Nullable Throwable failure(CompletableFuture<?> write)
      throws InterruptedException {
    try {
      write.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return null;
    } catch (ExecutionException | TimeoutException e) {
      return e;
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** What was not confirmed yet stays where it is. */
  @Override
  public void close() {
    stopped.countDown();
    spool.sources().forEach(SourceSpool::wake);
    for (Thread thread : threads.values()) {
      try {
        thread.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
