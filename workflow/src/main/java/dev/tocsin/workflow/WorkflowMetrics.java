// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow;

import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.run.Run.Progress;
import dev.tocsin.schemas.run.Run.StepState;
import dev.tocsin.workflow.run.Decision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What this service does, in numbers.
 *
 * <ul>
 *   <li>{@code tocsin.runs.started{playbook}} = {@code tocsin.runs.finished{status}} + runs at work
 *   <li>{@code tocsin.run.time}: from its start to the end of its last step, deliveries included
 *   <li>{@code tocsin.steps{kind,outcome}}: steps that ended, done, skipped or failed; one that a
 *       replayed delivery ends again counts again
 *   <li>{@code tocsin.step.time{kind}}: of those that had begun
 *   <li>{@code tocsin.context.late}: contexts that a page waited for in vain, sent after it as a
 *       note
 *   <li>{@code tocsin.timers.late}: how long after its time a timer rang; p99 above a second says
 *       that the stream thread is overloaded
 * </ul>
 *
 * <p>A turn that is repeated after a crash counts again.
 */
final class WorkflowMetrics {

  private final MeterRegistry registry;
  private final Counter contextLate;
  private final Timer timersLate;
  private final Timer runTime;

  WorkflowMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.contextLate = registry.counter("tocsin.context.late");
    this.timersLate =
        Timer.builder("tocsin.timers.late").publishPercentileHistogram().register(registry);
    this.runTime = registry.timer("tocsin.run.time");
  }

  void timerRang(Instant due, Instant now) {
    timersLate.record(positive(due, now));
  }

  void decided(Decision decision) {
    if (decision.contextLate()) {
      contextLate.increment();
    }
    decision.moves().forEach(this::moved);
  }

  private void moved(Decision.Move move) {
    Run before = move.before();
    Run after = move.after();
    if (before == null) {
      registry.counter("tocsin.runs.started", "playbook", after.playbook()).increment();
    }
    boolean wasAtWork = before == null || before.status() == Run.Status.RUNNING;
    if (wasAtWork && after.status() != Run.Status.RUNNING) {
      registry.counter("tocsin.runs.finished", "status", word(after.status())).increment();
      runTime.record(positive(after.startedAt(), after.at()));
    }
    for (int i = 0; i < after.steps().size(); i++) {
      stepMoved(before == null ? null : before.steps(), i, after.steps().get(i));
    }
  }

  private void stepMoved(@Nullable List<StepState> before, int i, StepState after) {
    boolean ended = after.progress() != Progress.WAITING && after.progress() != Progress.STARTED;
    if (!ended || before != null && before.get(i).progress() == after.progress()) {
      return;
    }
    registry
        .counter("tocsin.steps", "kind", after.kind(), "outcome", word(after.progress()))
        .increment();
    if (after.startedAt() != null && after.endedAt() != null) {
      registry
          .timer("tocsin.step.time", "kind", after.kind())
          .record(positive(after.startedAt(), after.endedAt()));
    }
  }

  private static Duration positive(Instant from, Instant to) {
    return from.isAfter(to) ? Duration.ZERO : Duration.between(from, to);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
