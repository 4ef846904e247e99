// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.hold.HoldsInForce;
import dev.tocsin.detection.incident.Decision;
import dev.tocsin.detection.inhibit.InhibitorChange;
import dev.tocsin.detection.sample.AlertSamples;
import dev.tocsin.kafka.deadletter.SetAsideUndecidable;
import dev.tocsin.kafka.streams.PromptCommit;
import dev.tocsin.kafka.streams.SoonCommit;
import dev.tocsin.kafka.timer.TimerQueue;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.beat.Beat;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.move.Move;
import dev.tocsin.schemas.sample.Sample;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads what is remembered, decides, tells, remembers. */
final class IncidentProcessor implements Processor<String, Object, Object, Object> {

  private static final Logger LOG = LoggerFactory.getLogger(IncidentProcessor.class);
  private static final long CLOCKS_DIFFER_MILLIS = 60_000;

  private final DetectionSettings settings;
  private final HoldsInForce holds;
  private final int partitions;
  private final DetectionMetrics metrics;

  @SuppressWarnings("NullAway.Init") // Streams calls init first.
  private ProcessorContext<Object, Object> context;

  @SuppressWarnings("NullAway.Init")
  private IncidentStores stores;

  @SuppressWarnings("NullAway.Init")
  private Decisions decisions;

  @SuppressWarnings("NullAway.Init")
  private SampleJudge judge;

  @SuppressWarnings("NullAway.Init")
  private SetAsideUndecidable setAside;

  @SuppressWarnings("NullAway.Init")
  private SoonCommit commit;

  private IncidentProcessor(
      DetectionSettings settings, HoldsInForce holds, int partitions, DetectionMetrics metrics) {
    this.settings = settings;
    this.holds = holds;
    this.partitions = partitions;
    this.metrics = metrics;
  }

  static ProcessorSupplier<String, Object, Object, Object> supplier(
      DetectionSettings settings, HoldsInForce holds, int partitions, DetectionMetrics metrics) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, Object, Object, Object> get() {
        return new IncidentProcessor(settings, holds, partitions, metrics);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return IncidentStores.builders();
      }
    };
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    this.commit = SoonCommit.in(context);
    this.stores = new IncidentStores(context, settings.incident().remembered());
    this.judge =
        new SampleJudge(
            new SeriesStores(context.getStateStore(IncidentStores.STORE), settings.anomaly()),
            settings,
            metrics);
    context.schedule(
        SampleJudge.FORGET_EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        millis -> judge.forget(Instant.ofEpochMilli(millis)));
    this.decisions = new Decisions(settings, holds, context.taskId().partition(), partitions);
    this.setAside =
        new SetAsideUndecidable(context, DetectionTopology.SERVICE, DetectionTopology.DEAD_LETTERS);
    context.schedule(
        TimerQueue.EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        millis -> timePassed(Instant.ofEpochMilli(millis)));
  }

  @Override
  public void process(Record<String, Object> record) {
    commit.want();
    Instant now = time(record);
    if (record.value() instanceof Alert alert && stores.isDecided(alert)) {
      metrics.copied();
      return;
    }
    Decisions.Decided decided;
    try {
      decided = decide(record.value(), now);
    } catch (KafkaException e) {
      // The store's or the task's trouble, not the record's.
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      setAside(record, e, now);
      return;
    }
    tell(decided, record);
    if (record.value() instanceof Alert alert) {
      if (decided.isUpToDate()) {
        judgeValues(alert, record, now);
      }
      // Not one that was set aside: a person may send it through again.
      stores.putDecided(alert);
      Beat.of(alert)
          .ifPresent(
              beat ->
                  context.forward(
                      record.withKey(beat.group()).withValue(beat), DetectionTopology.BEATS));
    }
    if (record.value() instanceof Anomaly anomaly) {
      stores.putMoved(anomaly);
    }
    stores.put(decided, now);
    if (decided.isNews()) {
      PromptCommit.after(record.timestamp(), context);
    }
  }

  /** The broker's time, but no time to come: what is due after that would never be. */
  private Instant time(Record<String, Object> record) {
    return Instant.ofEpochMilli(
        Math.min(record.timestamp(), context.currentSystemTimeMs() + CLOCKS_DIFFER_MILLIS));
  }

  private Decisions.Decided decide(@Nullable Object input, Instant now) {
    return switch (input) {
      case Alert alert -> decisions.alert(alert, stores, now);
      case Command command -> decisions.command(command, stores, now);
      case Anomaly anomaly ->
          decisions.anomaly(stores.movements(anomaly.group()).told(anomaly), stores, now);
      case Move move -> decisions.moved(move, stores, now);
      case null -> Decisions.Decided.NOTHING;
      default -> throw new IllegalStateException("nothing is known of a " + input.getClass());
    };
  }

  private void timePassed(Instant now) {
    for (TimerQueue.Due timer : stores.drain(now)) {
      stores.due(timer.name(), now).ifPresent(due -> timePassed(due, now));
    }
    for (IncidentStores.Due.OfCondition held : stores.held(holds.changes())) {
      timePassed(held, now);
    }
  }

  private void timePassed(IncidentStores.Due due, Instant now) {
    commit.want();
    Decisions.Decided decided;
    try {
      decided =
          switch (due) {
            case IncidentStores.Due.Storm _ -> decisions.stormDue(stores, now);
            case IncidentStores.Due.OfCondition c ->
                decisions.conditionDue(c.group(), c.identity(), c.condition(), stores, now);
          };
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("a timer could not be decided, and is dropped: {}", due, e);
      return;
    }
    tell(decided, new Record<>("", "", now.toEpochMilli()));
    stores.put(decided, now);
    if (due instanceof IncidentStores.Due.Storm) {
      stores.checkStormAgain(now);
    }
  }

  private void tell(Decisions.Decided decided, Record<String, Object> cause) {
    InhibitorChange change = decided.inhibitor();
    if (change != null) {
      context.forward(
          cause.withKey(IncidentStores.key(change)).withValue(change.inhibitor()),
          DetectionTopology.INHIBITORS);
    }
    for (Move letter : decided.letters()) {
      context.forward(cause.withKey(letter.group()).withValue(letter), DetectionTopology.MOVES);
    }
    for (Decision decision : decided.decisions()) {
      for (IncidentEvent event : decision.events()) {
        context.forward(
            cause.withKey(event.incidentId()).withValue(event), DetectionTopology.INCIDENTS);
        metrics.happened(event);
      }
      AlertOutcome outcome = decision.outcome();
      if (outcome != null) {
        tell(outcome, cause);
      }
      AuditEntry audit = decision.audit();
      if (audit != null) {
        LOG.info("{} {} {}: {}", audit.actor(), audit.action(), audit.target(), audit.detail());
        context.forward(cause.withKey(audit.actor()).withValue(audit), DetectionTopology.AUDIT);
      }
    }
  }

  private void tell(AlertOutcome outcome, Record<String, Object> cause) {
    context.forward(
        cause.withKey(outcome.alertId()).withValue(outcome), DetectionTopology.OUTCOMES);
    metrics.decided(outcome, Instant.ofEpochMilli(context.currentSystemTimeMs()));
  }

  /** No fault of a value keeps its alert from paging. */
  private void judgeValues(Alert alert, Record<String, Object> cause, Instant now) {
    for (Sample sample : AlertSamples.of(alert)) {
      Optional<Anomaly> anomaly = Optional.empty();
      try {
        anomaly = judge.judge(sample, now);
      } catch (KafkaException e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.error(
            "a value of alert {} could not be judged, and is dropped: {}", alert.id(), sample, e);
        metrics.notJudged();
      }
      anomaly.ifPresent(
          found ->
              context.forward(
                  cause.withKey(found.group()).withValue(found), DetectionTopology.FOUND));
    }
  }

  private void setAside(Record<String, Object> record, Throwable cause, Instant now) {
    setAside.accept(record, cause);
    if (record.value() instanceof Alert alert) {
      UndecidableAlert.outcome(alert, now, settings.ruleVersion()).ifPresent(o -> tell(o, record));
    }
  }
}
