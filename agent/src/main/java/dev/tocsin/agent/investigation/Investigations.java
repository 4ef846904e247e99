// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.investigation;

import dev.tocsin.agent.metrics.AgentMetrics;
import dev.tocsin.agent.metrics.AgentMetrics.Investigation;
import dev.tocsin.agent.outbox.Outbox;
import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.step.Step;
import dev.tocsin.schemas.step.StepResult;
import dev.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The investigations at work and those that wait. When too many wait, a step is answered at once
 * with what costs nothing, so that a storm never makes evidence late.
 */
public final class Investigations implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Investigations.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final Investigator investigator;
  private final int mostPending;
  private final Outbox outbox;
  private final InstantSource clock;
  private final AgentMetrics metrics;
  private final AtomicInteger pending = new AtomicInteger();
  private volatile ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean running;

  public Investigations(
      Investigator investigator,
      int mostPending,
      Outbox outbox,
      InstantSource clock,
      AgentMetrics metrics) {
    this.investigator = investigator;
    this.mostPending = mostPending;
    this.outbox = outbox;
    this.clock = clock;
    this.metrics = metrics;
  }

  void take(Step step, @Nullable Header trace) {
    if (pending.incrementAndGet() > mostPending) {
      try {
        answer(step, trace, context -> investigator.answerCheaply(step, context));
      } finally {
        pending.decrementAndGet();
      }
    } else {
      threads.execute(() -> investigate(step, trace));
    }
  }

  /** How many are at work or wait. */
  public int pending() {
    return pending.get();
  }

  /** How the last conversation with the model went. */
  public String modelLastSaid() {
    return investigator.modelLastSaid();
  }

  private void investigate(Step step, @Nullable Header trace) {
    try {
      answer(step, trace, context -> investigator.investigate(step, context));
    } finally {
      pending.decrementAndGet();
    }
  }

  @FunctionalInterface
  private interface Work {

    void to(java.util.function.Consumer<Context> answer) throws InterruptedException;
  }

  private void answer(Step step, @Nullable Header trace, Work work) {
    try {
      work.to(context -> send(result(step, StepResult.Outcome.DONE, context, ""), trace));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.warn("step {}: given up at stop, and will be handed out again", step.id());
    } catch (RuntimeException e) {
      LOG.error("step {}: the investigation failed", step.id(), e);
      metrics.investigation(Investigation.FAILED, Duration.ZERO);
      String detail = "the investigation failed: " + e.getClass().getSimpleName();
      send(result(step, StepResult.Outcome.FAILED, null, detail), trace);
    }
  }

  private StepResult result(
      Step step, StepResult.Outcome outcome, @Nullable Context context, String detail) {
    return new StepResult(
        step.id(),
        step.runId(),
        step.incidentId(),
        step.kind(),
        step.attempt(),
        outcome,
        context,
        detail,
        clock.instant());
  }

  private void send(StepResult result, @Nullable Header trace) {
    outbox
        .send(Topics.STEP_RESULTS, result.incidentId(), result, trace)
        .whenComplete(
            (sent, failure) -> {
              if (failure != null) {
                LOG.warn("step {}: its result could not be written", result.stepId(), failure);
              }
            });
  }

  @Override
  public void start() {
    if (threads.isShutdown()) {
      threads = Executors.newVirtualThreadPerTaskExecutor();
    }
    running = true;
  }

  /** Waits a little for those at work; what is not done then is handed out again by workflow. */
  @Override
  public void stop() {
    running = false;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before the listener at start, after it at stop. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1_000;
  }
}
