// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow;

import dev.tocsin.kafka.deadletter.SetAsideUndecidable;
import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.kafka.streams.PromptCommit;
import dev.tocsin.kafka.timer.TimerQueue;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.step.Step;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.workflow.run.Decider;
import dev.tocsin.workflow.run.Decision;
import dev.tocsin.workflow.run.Happening;
import dev.tocsin.workflow.run.IncidentRuns;
import dev.tocsin.workflow.run.TimerName;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Puts a {@link Decider} on its stores: load, decide, put, forward. */
final class RespondProcessor implements Processor<String, Object, Object, Object> {

  /** What is known of each incident, and timers. */
  static final String STORE = "incidents-at-work";

  /** Below what a broker takes as one record. */
  private static final int LARGEST_STATE = 900_000;

  private final Decider decider;
  private final SettingsInForce settings;
  private final WorkflowMetrics metrics;
  private @Nullable Bound bound;

  /** What Streams gives at start. */
  private record Bound(
      ProcessorContext<Object, Object> context,
      Shelf runs,
      TimerQueue timers,
      SetAsideUndecidable setAside) {}

  /** A decision, and its state ready to be written; most deliveries and timers change nothing. */
  private record Ready(Decision decision, byte @Nullable [] state, boolean changed) {}

  RespondProcessor(Decider decider, SettingsInForce settings, WorkflowMetrics metrics) {
    this.decider = decider;
    this.settings = settings;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(STORE);
    bound =
        new Bound(
            context,
            new Shelf(store, "runs"),
            new TimerQueue(new Shelf(store, "timers")),
            new SetAsideUndecidable(context, WorkflowTopology.SERVICE, "dead-letters"));
    context.schedule(
        TimerQueue.EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        time -> ring(bound, Instant.ofEpochMilli(time)));
  }

  @Override
  public void process(Record<String, Object> record) {
    if (bound == null || record.value() == null) {
      return;
    }
    Happening happening;
    Ready ready;
    try {
      happening = Happening.of(record.value());
      if (!happening.matters()) {
        return;
      }
      ready = decide(bound, happening, Instant.ofEpochMilli(record.timestamp()));
    } catch (RuntimeException | StackOverflowError e) {
      bound.setAside().accept(record, e);
      return;
    }
    // Outside of the try: what fails here fails the transaction, and nothing half-written stays.
    act(bound, happening, ready, record.timestamp(), record.headers());
    if (!ready.decision().notifications().isEmpty()) {
      PromptCommit.after(record.timestamp(), bound.context());
    }
  }

  private void ring(@Nullable Bound bound, Instant now) {
    if (bound == null) {
      return;
    }
    for (TimerQueue.Due due : bound.timers().drain(now)) {
      metrics.timerRang(due.at(), now);
      Record<String, Object> record = new Record<>(due.name(), due.name(), now.toEpochMilli());
      Happening happening;
      Ready ready;
      try {
        happening = new Happening.Rang(TimerName.parse(due.name()));
        ready = decide(bound, happening, now);
      } catch (RuntimeException | StackOverflowError e) {
        bound.setAside().accept(record, e);
        continue;
      }
      act(bound, happening, ready, record.timestamp(), record.headers());
    }
  }

  private Ready decide(Bound bound, Happening happening, Instant now) {
    byte[] bytes = bound.runs().get(happening.incidentId());
    IncidentRuns before = bytes == null ? null : Json.MAPPER.readValue(bytes, IncidentRuns.class);
    Decision decision = decider.decide(before, happening, settings.means(), now);
    IncidentRuns after = decision.after();
    byte[] state = after == null ? null : Json.MAPPER.writeValueAsBytes(after);
    if (state != null && state.length > LARGEST_STATE) {
      throw new IllegalStateException(
          "what is known about the incident would take %d bytes, and %d fit"
              .formatted(state.length, LARGEST_STATE));
    }
    return new Ready(decision, state, !Arrays.equals(bytes, state));
  }

  private void act(Bound bound, Happening happening, Ready ready, long at, Headers headers) {
    Decision decision = ready.decision();
    for (Notification n : decision.notifications()) {
      forward(bound, new Record<>(n.endpoint(), n, at, headers), "notifications");
    }
    for (Step step : decision.steps()) {
      forward(bound, new Record<>(step.incidentId(), step, at, headers), "steps");
    }
    for (Decision.Move move : decision.moves()) {
      forward(bound, new Record<>(move.after().incidentId(), move.after(), at, headers), "runs");
    }
    decision.timers().forEach(timer -> bound.timers().set(timer.due(), timer.name().toString()));
    byte[] state = ready.state();
    if (state == null) {
      bound.runs().remove(happening.incidentId());
    } else if (ready.changed()) {
      bound.runs().put(happening.incidentId(), state);
    }
    metrics.decided(decision);
  }

  private static void forward(Bound bound, Record<Object, Object> record, String node) {
    bound.context().forward(record, node);
  }
}
