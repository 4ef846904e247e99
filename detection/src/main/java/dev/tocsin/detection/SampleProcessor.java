// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.anomaly.Detector;
import dev.tocsin.detection.anomaly.Findings;
import dev.tocsin.detection.anomaly.Judgement;
import dev.tocsin.detection.anomaly.SeriesState;
import dev.tocsin.kafka.deadletter.SetAsideUndecidable;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.sample.SeriesKind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** Judges each sample by what is remembered of its series. */
final class SampleProcessor implements Processor<String, Sample, Object, Object> {

  private static final String SERIES = "series";

  private final Detector detector;
  private final Findings findings;
  private final DetectionMetrics metrics;

  @SuppressWarnings("NullAway.Init") // Streams calls init first.
  private ProcessorContext<Object, Object> context;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, byte[]> series;

  @SuppressWarnings("NullAway.Init")
  private SetAsideUndecidable setAside;

  private SampleProcessor(DetectionSettings settings, DetectionMetrics metrics) {
    this.detector = new Detector(settings.anomaly().threshold());
    this.findings = new Findings(settings.groupRule(), settings.org(), settings.anomaly());
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
        return Set.of(
            Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(SERIES), Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of()));
      }
    };
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    this.series = context.getStateStore(SERIES);
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
    SeriesState state;
    Judgement judgement;
    Optional<Anomaly> anomaly;
    try {
      byte[] before = series.get(sample.series());
      state = before == null ? new SeriesState() : SeriesState.read(before);
      judgement = detector.judge(state, kind(sample), sample.at(), sample.value());
      anomaly = findings.of(sample, judgement);
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      setAside.accept(record, e);
      return;
    }
    metrics.judged(judgement);
    anomaly.ifPresent(
        found ->
            context.forward(
                record.withKey((Object) found.group()).withValue((Object) found),
                DetectionTopology.ANOMALIES));
    if (!(judgement instanceof Judgement.Skipped)) {
      series.put(sample.series(), state.toBytes());
    }
  }

  private static SeriesKind kind(Sample sample) {
    SeriesKind kind = sample.kind();
    return kind == null ? SeriesKind.GAUGE : kind;
  }

  private static boolean isTombstone(@Nullable Sample sample) {
    return sample == null;
  }
}
