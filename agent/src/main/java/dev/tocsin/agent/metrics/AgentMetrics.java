// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * What the agent counts.
 *
 * <p>{@code investigations{done} + investigations{evidence_only} + investigations{shed} +
 * investigations{failed}} is the number of steps taken; {@code investigations{late}} counts those
 * that a model had more to say on after the answer was due, and is no part of that sum.
 */
public final class AgentMetrics {

  private final MeterRegistry registry;

  public AgentMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** How an investigation ended. */
  public enum Investigation {
    /** With what a model concluded. */
    DONE,
    /** Without a model, or without its answer. */
    EVIDENCE_ONLY,
    /** Under load: with what was known without asking anybody. */
    SHED,
    /** Without anything. */
    FAILED,
    /** A model's answer came after the step's time, and was sent after it. */
    LATE
  }

  /** How a question to the model, or a call of a tool, ended. */
  public enum Call {
    OK,
    REFUSED,
    TIMEOUT,
    FAILED,
    INVALID
  }

  public void investigation(Investigation outcome, Duration took) {
    registry.counter("tocsin.investigations", "outcome", name(outcome)).increment();
    registry.timer("tocsin.investigation.time").record(took);
  }

  public void modelCall(Call outcome) {
    registry.counter("tocsin.model.calls", "outcome", name(outcome)).increment();
  }

  public void modelTokens(long tokens) {
    registry.counter("tocsin.model.tokens").increment(tokens);
  }

  /**
   * @param tool one that exists; a name a model made up would make a label for each
   */
  public void toolCall(String tool, Call outcome) {
    registry.counter("tocsin.tool.calls", "tool", tool, "outcome", name(outcome)).increment();
  }

  public void knowledgeSize(IntSupplier size) {
    Gauge.builder("tocsin.knowledge.size", size, IntSupplier::getAsInt)
        .strongReference(true)
        .register(registry);
  }

  /**
   * @param what a search, something fed, or a passage
   */
  public void knowledgeSkipped(String what) {
    registry.counter("tocsin.knowledge.skipped", "what", what).increment();
  }

  private static String name(Enum<?> outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
