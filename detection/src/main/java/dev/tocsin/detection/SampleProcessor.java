// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.kafka.deadletter.SetAsideUndecidable;
import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.kafka.streams.SoonCommit;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.sample.Sample;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Judges what was polled or pushed. */
final class SampleProcessor implements Processor<String, Sample, Object, Object> {

  private static final String SERIES = "series";

  private final DetectionSettings settings;
  private final DetectionMetrics metrics;

  @SuppressWarnings("NullAway.Init") // Streams calls init first.
  private ProcessorContext<Object, Object> context;

  @SuppressWarnings("NullAway.Init")
  private SampleJudge judge;

  @SuppressWarnings("NullAway.Init")
  private SetAsideUndecidable setAside;

  @SuppressWarnings("NullAway.Init")
  private SoonCommit commit;

  private SampleProcessor(DetectionSettings settings, DetectionMetrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
  }

  static ProcessorSupplier<String, Sample, Object, Object> supplier(
      DetectionSettings settings, DetectionMetrics metrics) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, Sample, Object, Object> get() {
        return new SampleProcessor(settings, metrics);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(Shelf.store(SERIES).withCachingEnabled());
      }
    };
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    this.commit = SoonCommit.in(context);
    this.judge =
        new SampleJudge(
            new SeriesStores(context.getStateStore(SERIES), settings.anomaly()), settings, metrics);
    context.schedule(
        SampleJudge.FORGET_EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        millis -> judge.forget(Instant.ofEpochMilli(millis)));
    this.setAside =
        new SetAsideUndecidable(
            context, DetectionTopology.SERVICE, DetectionTopology.SAMPLE_DEAD_LETTERS);
  }

  @Override
  public void process(Record<String, Sample> record) {
    Sample sample = record.value();
    if (isTombstone(sample)) {
      return;
    }
    Optional<Anomaly> anomaly;
    try {
      anomaly = judge.judge(sample, Instant.ofEpochMilli(record.timestamp()));
    } catch (RuntimeException | StackOverflowError e) {
      setAside.accept(record, e);
      commit.want();
      return;
    }
    anomaly.ifPresent(found -> tell(found, record));
  }

  private void tell(Anomaly anomaly, Record<String, Sample> cause) {
    context.forward(
        cause.withKey((Object) anomaly.group()).withValue((Object) anomaly),
        DetectionTopology.ANOMALIES);
    commit.want();
  }

  private static boolean isTombstone(@Nullable Sample sample) {
    return sample == null;
  }
}
