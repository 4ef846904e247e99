// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.streams;

import dev.tocsin.kafka.clock.SetBack;
import dev.tocsin.kafka.clock.SteadyClock;
import dev.tocsin.kafka.deadletter.SetAsideUnreadable;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A topology that runs: started with its service, stopped before it, started anew when it failed.
 *
 * <p>A thread that dies takes its client down with it, and the client comes back after a pause that
 * doubles up to half a minute. Replacing the thread at once would meet the same record at once.
 *
 * <p>It also starts anew when the machine's clock was set back: see {@link SetBack}.
 *
 * <p>There is no lock, since Streams calls its listeners from threads that a closing client waits
 * for: they only hand the restart to the supervisor. {@code running} is written before and read
 * after {@code streams}, and the other way round when a client is made, so a stop misses none.
 */
public final class StreamsService implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsService.class);
  private static final String FENCED =
      "the topology was fenced, as it is when held up or cut off for too long";
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final Duration END_WITHIN = Duration.ofSeconds(2);

  private final String name;
  private final Topology topology;
  private final Properties config;
  private final SetBack setBack;
  private final RestartPause pause = new RestartPause(FIRST_PAUSE, LONGEST_PAUSE);

  private volatile @Nullable ScheduledExecutorService supervisor;
  private volatile @Nullable KafkaStreams streams;
  private volatile RousableClients clients = new RousableClients(this::fenced);
  private volatile boolean running;
  private volatile long stillSinceNanos = System.nanoTime();
  private boolean standstillTold;
  private volatile @Nullable String lastFailure;
  private volatile @Nullable String fencedBy;

  /**
   * @param service whose dead letters there may be
   * @param config what Spring makes of {@code spring.kafka.streams}
   */
  public StreamsService(String service, Topology topology, Map<String, Object> config) {
    this(service, topology, config, new SetBack());
  }

  StreamsService(String service, Topology topology, Map<String, Object> config, SetBack setBack) {
    this.setBack = setBack;
    this.name = String.valueOf(config.get(StreamsConfig.APPLICATION_ID_CONFIG));
    this.topology = topology;
    this.config = new Properties();
    this.config.putAll(config);
    this.config.put(SetAsideUnreadable.SERVICE, service);
    this.config.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, SetAsideUnreadable.class);
  }

  @Override
  public void start() {
    running = true;
    stillSinceNanos = System.nanoTime();
    ScheduledExecutorService own = supervisor();
    supervisor = own;
    try {
      open(own);
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
    long every = SetBack.EVERY.toMillis();
    ScheduledFuture<?> _ =
        own.scheduleWithFixedDelay(() -> look(own), every, every, TimeUnit.MILLISECONDS);
  }

  private void look(ScheduledExecutorService supervisor) {
    lookAtClock(supervisor);
    boolean tooLong = standsStill().compareTo(StreamsHealth.PATIENCE) > 0;
    if (tooLong && !standstillTold) {
      LOG.warn(
          "{}: nothing is decided for {} s, as the topology is {}: it restores its state, or the"
              + " broker does not tell it where it was",
          name,
          standsStill().toSeconds(),
          state());
    } else if (standstillTold && !tooLong) {
      LOG.info("{}: the topology runs again", name);
    }
    standstillTold = tooLong;
  }

  private void lookAtClock(ScheduledExecutorService supervisor) {
    if (setBack.happened() && running) {
      LOG.warn("{}: the clock was set back, and the topology starts again", name);
      endSoon();
      startAgain(supervisor);
    }
  }

  /** In good order if that works: a producer may wait for the old time as well. */
  private void endSoon() {
    KafkaStreams old = streams;
    clients.rouse();
    if (old != null && !old.close(END_WITHIN)) {
      LOG.warn("{}: the topology is cut off from the broker", name);
      clients.cutOff();
    }
  }

  private ScheduledExecutorService supervisor() {
    // A client that fails while it is being stopped may still ask for a restart: that is discarded.
    return new ScheduledThreadPoolExecutor(
        1,
        Thread.ofPlatform().daemon().name(name + "-streams-supervisor").factory(),
        new ThreadPoolExecutor.DiscardPolicy());
  }

  private void open(ScheduledExecutorService supervisor) {
    RousableClients own = new RousableClients(this::fenced);
    KafkaStreams next =
        new KafkaStreams(topology, config, own, new SteadyTime(SteadyClock.OF_THIS_PROCESS));
    clients = own;
    next.setUncaughtExceptionHandler(this::failed);
    next.setStateListener(
        (now, before) -> {
          if (before == KafkaStreams.State.RUNNING) {
            stillSinceNanos = System.nanoTime();
          }
          if (now == KafkaStreams.State.ERROR) {
            startAgainLater(supervisor);
          }
        });
    streams = next;
    pause.started(System.nanoTime());
    if (running) {
      next.start();
    } else {
      next.close(STOP_WITHIN);
    }
  }

  private void fenced() {
    LOG.warn("{}: {}: it joins its group again, and does again what was under way", name, FENCED);
  }

  private StreamThreadExceptionResponse failed(Throwable cause) {
    lastFailure = String.valueOf(cause.getMessage());
    fencedBy = Fenced.says(cause).orElse(null);
    if (fencedBy == null) {
      LOG.error("{}: the topology failed", name, cause);
    }
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private void startAgainLater(ScheduledExecutorService supervisor) {
    Duration wait = pause.failed(System.nanoTime());
    String by = fencedBy;
    if (by == null) {
      LOG.warn("{}: the topology starts again in {} s", name, wait.toSeconds());
    } else {
      LOG.warn("{}: {} ({}): it starts again in {} s", name, FENCED, by, wait.toSeconds());
    }
    fencedBy = null;
    supervisor.schedule(() -> startAgain(supervisor), wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void startAgain(ScheduledExecutorService supervisor) {
    if (!running) {
      return;
    }
    try {
      close();
      open(supervisor);
    } catch (RuntimeException e) {
      lastFailure = String.valueOf(e.getMessage());
      LOG.error("{}: the topology cannot start", name, e);
      startAgainLater(supervisor);
    }
  }

  @Override
  public void stop() {
    running = false;
    ScheduledExecutorService own = supervisor;
    if (own != null) {
      own.shutdownNow();
    }
    close();
  }

  private void close() {
    KafkaStreams old = streams;
    if (old != null && !old.close(STOP_WITHIN)) {
      LOG.warn("{}: the topology did not stop within {} s", name, STOP_WITHIN.toSeconds());
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  public KafkaStreams.State state() {
    KafkaStreams now = streams;
    return now == null ? KafkaStreams.State.CREATED : now.state();
  }

  /** For how long it has decided nothing. */
  Duration standsStill() {
    return state() == KafkaStreams.State.RUNNING
        ? Duration.ZERO
        : Duration.ofNanos(System.nanoTime() - stillSinceNanos);
  }

  /** What the last failure said; null when there was none. */
  @Nullable String lastFailure() {
    return lastFailure;
  }
}
