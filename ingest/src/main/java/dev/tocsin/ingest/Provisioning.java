// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.kafka.topic.NotUsableException;
import dev.tocsin.kafka.topic.TopicProvisioning;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates and checks the topics as soon as a broker answers. Ingest does not wait for that: it has
 * its spool, and after a crash while Kafka is away it has to take alerts again.
 */
final class Provisioning implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean misfits;

  /**
   * Returns when the topics are right, or after {@code patience}; fails when they do not fit.
   *
   * @param then what may only be done on topics that are right
   */
  Provisioning(TopicProvisioning topics, Duration patience, Runnable then) {
    Thread.ofVirtual().name("ingest-topics").start(() -> run(topics, then));
    try {
      done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (TimeoutException e) {
      LOG.warn("no broker answers: alerts are accepted, and kept on disk until one does");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(TopicProvisioning topics, Runnable then) {
    try {
      do {
        if (isRight(topics)) {
          then.run();
          done.complete(null);
          return;
        }
      } while (!stopped.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS));
    } catch (NotUsableException e) {
      misfits = true;
      LOG.error("nothing is written to Kafka: {}", e.getMessage());
      done.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isRight(TopicProvisioning topics) {
    try {
      topics.afterPropertiesSet();
      return true;
    } catch (NotUsableException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.debug("the topics cannot be checked yet", e);
      return false;
    }
  }

  /** What is wrong with the topics, so that nothing is written to them; null when nothing is. */
  @Nullable String misfit() {
    return misfits ? String.valueOf(done.exceptionNow().getMessage()) : null;
  }

  @Override
  public void close() {
    stopped.countDown();
  }
}
