// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.streams;

import dev.tocsin.kafka.deadletter.SetAsideUnreadable;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
 */
public final class StreamsService implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsService.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final String service;
  private final Topology topology;
  private final Properties config;
  private final ScheduledExecutorService supervisor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("streams-supervisor").factory());

  private volatile @Nullable KafkaStreams streams;
  private volatile boolean running;
  private volatile @Nullable String lastFailure;
  private Duration pause = FIRST_PAUSE;

  /**
   * @param config what Spring makes of {@code spring.kafka.streams}
   */
  public StreamsService(String service, Topology topology, Map<String, Object> config) {
    this.service = service;
    this.topology = topology;
    this.config = new Properties();
    this.config.putAll(config);
    this.config.put(SetAsideUnreadable.SERVICE, service);
    this.config.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, SetAsideUnreadable.class);
  }

  @Override
  public synchronized void start() {
    running = true;
    KafkaStreams next = new KafkaStreams(topology, config);
    next.setUncaughtExceptionHandler(this::failed);
    next.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.RUNNING) {
            pause = FIRST_PAUSE;
          } else if (now == KafkaStreams.State.ERROR) {
            startAgainLater();
          }
        });
    streams = next;
    next.start();
  }

  private StreamThreadExceptionResponse failed(Throwable cause) {
    lastFailure = String.valueOf(cause.getMessage());
    LOG.error(
        "{}: the topology failed, and starts again in {} s", service, pause.toSeconds(), cause);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private synchronized void startAgainLater() {
    if (running) {
      supervisor.schedule(this::startAgain, pause.toMillis(), TimeUnit.MILLISECONDS);
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }

  private synchronized void startAgain() {
    if (running) {
      close();
      start();
    }
  }

  @Override
  public synchronized void stop() {
    running = false;
    supervisor.shutdownNow();
    close();
  }

  private void close() {
    KafkaStreams old = streams;
    if (old != null && !old.close(STOP_WITHIN)) {
      LOG.warn("{}: the topology did not stop within {} s", service, STOP_WITHIN.toSeconds());
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

  /** What the last failure said; null when there was none. */
  @Nullable String lastFailure() {
    return lastFailure;
  }
}
