// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.investigation;

import dev.tocsin.agent.evidence.EvidenceCollector;
import dev.tocsin.agent.evidence.EvidenceFile;
import dev.tocsin.agent.guard.Budget;
import dev.tocsin.agent.guard.BudgetSettings;
import dev.tocsin.agent.guard.Masker;
import dev.tocsin.agent.investigation.ModelInvestigation.Inconclusive;
import dev.tocsin.agent.metrics.AgentMetrics;
import dev.tocsin.agent.metrics.AgentMetrics.Investigation;
import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.step.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step to its context: the evidence first, so that it is ready whatever a model does; then the
 * model, if there is one, until the answer is due.
 *
 * <p>A model that needs longer is given the rest of its budget, and what it then says is a second
 * answer to the same step: context that came late.
 */
public final class Investigator {

  private static final Logger LOG = LoggerFactory.getLogger(Investigator.class);

  private final EvidenceCollector evidence;
  private final @Nullable ModelInvestigation model;
  private final Contexts contexts;
  private final BudgetSettings budget;
  private final Semaphore evidenceSlots;
  private final Semaphore modelSlots;
  private final InstantSource clock;
  private final AgentMetrics metrics;
  private volatile String modelLastSaid = "nothing yet";
  private final ExecutorService conversations = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param model null when none is configured
   * @param running how many collect evidence, and how many talk to the model, at the same time
   */
  public Investigator(
      EvidenceCollector evidence,
      @Nullable ModelInvestigation model,
      Masker masker,
      BudgetSettings budget,
      int running,
      InstantSource clock,
      AgentMetrics metrics) {
    this.evidence = evidence;
    this.model = model;
    this.contexts = new Contexts(masker);
    this.budget = budget;
    this.evidenceSlots = new Semaphore(running);
    this.modelSlots = new Semaphore(running);
    this.clock = clock;
    this.metrics = metrics;
  }

  /** Investigates, and answers once or, when a model was late, twice. */
  void investigate(Step step, Consumer<Context> answer) throws InterruptedException {
    evidenceSlots.acquire();
    Instant started = clock.instant();
    Deadlines deadlines = Deadlines.of(step, budget.time(), started);
    EvidenceFile file;
    try {
      Instant until = model == null ? deadlines.answer() : deadlines.evidence();
      file = evidence.all(step.incident(), started, Duration.between(started, until));
    } finally {
      evidenceSlots.release();
    }
    if (model == null) {
      answer.accept(fromEvidence(step, file.all(), null, started));
      ended(Investigation.EVIDENCE_ONLY, started);
    } else if (modelSlots.tryAcquire()) {
      try {
        withModel(model, step, file, new Course(started, deadlines), answer);
      } finally {
        modelSlots.release();
      }
    } else {
      answer.accept(fromEvidence(step, file.all(), "The model is busy with others.", started));
      ended(Investigation.EVIDENCE_ONLY, started);
    }
  }

  /** Answers at once, with what is known without asking anybody. */
  void answerCheaply(Step step, Consumer<Context> answer) throws InterruptedException {
    Instant started = clock.instant();
    List<Evidence> known = evidence.cheap(step.incident(), started).all();
    answer.accept(
        fromEvidence(step, known, "Under load: only what the alerts say was looked at.", started));
    ended(Investigation.SHED, started);
  }

  String modelLastSaid() {
    return modelLastSaid;
  }

  private record Course(Instant started, Deadlines deadlines) {}

  private void withModel(
      ModelInvestigation model,
      Step step,
      EvidenceFile file,
      Course course,
      Consumer<Context> answer)
      throws InterruptedException {
    List<Evidence> first = file.all();
    Budget means = new Budget(budget, course.deadlines().end());
    Future<Conclusion> conversation =
        conversations.submit(() -> model.conclude(step.incident(), file, means));
    boolean answered = false;
    try {
      for (Instant until : List.of(course.deadlines().answer(), course.deadlines().end())) {
        try {
          Conclusion conclusion =
              conversation.get(
                  Math.max(1, Duration.between(clock.instant(), until).toMillis()),
                  TimeUnit.MILLISECONDS);
          answer.accept(
              Contexts.ofConclusion(
                  conclusion,
                  file.all(),
                  model.model(),
                  means.used(),
                  course.started(),
                  clock.instant()));
          modelLastSaid = "a conclusion";
          ended(answered ? Investigation.LATE : Investigation.DONE, course.started());
          return;
        } catch (TimeoutException e) {
          if (!answered) {
            String why = "The model " + model.model() + " has not answered in time.";
            answer.accept(fromEvidence(step, first, why, course.started()));
            ended(Investigation.EVIDENCE_ONLY, course.started());
            answered = true;
            modelLastSaid = "nothing in time";
          }
        }
      }
    } catch (ExecutionException e) {
      modelLastSaid = why(e);
      LOG.warn("incident {}: the model {}: {}", step.incidentId(), model.model(), why(e));
      if (!answered) {
        String why = "The model " + model.model() + " did not answer: " + why(e) + '.';
        answer.accept(fromEvidence(step, file.all(), why, course.started()));
        ended(Investigation.EVIDENCE_ONLY, course.started());
      }
    } finally {
      conversation.cancel(true);
    }
  }

  private Context fromEvidence(
      Step step, List<Evidence> file, @Nullable String noModel, Instant started) {
    return contexts.ofEvidence(step.incident(), file, noModel, started, clock.instant());
  }

  private void ended(Investigation outcome, Instant started) {
    metrics.investigation(outcome, Duration.between(started, clock.instant()));
  }

  private static String why(ExecutionException e) {
    Throwable cause = e.getCause();
    return cause instanceof Inconclusive
        ? String.valueOf(cause.getMessage())
        : "it failed, " + (cause == null ? e : cause).getClass().getSimpleName();
  }
}
