// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.anomaly.Findings;
import dev.tocsin.detection.forecast.Foresight;
import dev.tocsin.detection.forecast.Resource;
import dev.tocsin.kafka.deadletter.SetAsideUndecidable;
import dev.tocsin.kafka.store.JsonShelf;
import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.kafka.timer.TimerQueue;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.sample.Sample;
import java.time.Duration;
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

/**
 * Remembers the days of each series that has a limit, and forecasts it once a day.
 *
 * <p>A forecast costs milliseconds, and the days of all series end at once; so they are spread over
 * the ten minutes after the first sample of the new day, and no more than two are made in a turn,
 * so that pages do not wait for them: after a time away neither.
 */
final class ForecastProcessor implements Processor<String, Sample, Object, Object> {

  private static final String STORE = "forecasts";
  private static final int SPREAD_MILLIS = 600_000;
  private static final int MOST_IN_A_TURN = 2;

  private final DetectionMetrics metrics;
  private final Foresight foresight;

  @SuppressWarnings("NullAway.Init") // Streams calls init first.
  private ProcessorContext<Object, Object> context;

  @SuppressWarnings("NullAway.Init")
  private Shelf resources;

  /** A sample of each series whose day is over, and that is not forecast yet. */
  @SuppressWarnings("NullAway.Init")
  private JsonShelf<Sample> due;

  @SuppressWarnings("NullAway.Init")
  private TimerQueue timers;

  @SuppressWarnings("NullAway.Init")
  private SetAsideUndecidable setAside;

  private ForecastProcessor(DetectionSettings settings, DetectionMetrics metrics) {
    Findings findings = new Findings(settings.groupRule(), settings.org(), settings.anomaly());
    this.foresight = new Foresight(findings::group, settings.anomaly().severity());
    this.metrics = metrics;
  }

  static ProcessorSupplier<String, Sample, Object, Object> supplier(
      DetectionSettings settings, DetectionMetrics metrics) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, Sample, Object, Object> get() {
        return new ForecastProcessor(settings, metrics);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(Shelf.store(STORE));
      }
    };
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    this.resources = new Shelf(context.getStateStore(STORE), "resource");
    this.due = new JsonShelf<>(new Shelf(context.getStateStore(STORE), "due"), Sample.class);
    this.timers = new TimerQueue(new Shelf(context.getStateStore(STORE), "timer"));
    this.setAside =
        new SetAsideUndecidable(
            context, DetectionTopology.SERVICE, DetectionTopology.FORECAST_DEAD_LETTERS);
    context.schedule(
        TimerQueue.EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        millis -> timePassed(Instant.ofEpochMilli(millis)));
  }

  @Override
  public void process(Record<String, Sample> record) {
    Sample sample = record.value();
    Double limit = limit(sample);
    if (limit == null) {
      return;
    }
    Resource resource;
    Resource.Taken taken;
    Optional<Anomaly> anomaly;
    try {
      byte[] before = resources.get(sample.series());
      resource = before == null ? new Resource() : Resource.read(before);
      taken = resource.add(sample.at(), sample.value());
      anomaly =
          taken == Resource.Taken.SKIPPED
              ? Optional.empty()
              : foresight.sample(resource, sample, limit);
    } catch (KafkaException e) {
      // The store's or the task's trouble, not the record's.
      throw e;
    } catch (RuntimeException e) {
      setAside.accept(record, e);
      return;
    }
    if (taken == Resource.Taken.SKIPPED) {
      return;
    }
    anomaly.ifPresent(found -> tell(found, record.timestamp()));
    resources.put(sample.series(), resource.toBytes());
    if (taken == Resource.Taken.NEW_DAY) {
      due.put(sample.series(), sample);
      timers.set(
          Instant.ofEpochMilli(record.timestamp()).plus(spread(sample.series())), sample.series());
    }
  }

  private static @Nullable Double limit(@Nullable Sample sample) {
    return sample == null ? null : sample.limit();
  }

  private static Duration spread(String series) {
    return Duration.ofMillis(Math.floorMod(series.hashCode(), SPREAD_MILLIS));
  }

  private void timePassed(Instant now) {
    for (TimerQueue.Due timer : timers.drain(now, MOST_IN_A_TURN)) {
      Sample latest = due.get(timer.name());
      byte[] stored = resources.get(timer.name());
      Double limit = limit(latest);
      if (latest != null && stored != null && limit != null) {
        forecast(stored, latest, limit, now);
      }
      due.remove(timer.name());
    }
  }

  private void forecast(byte[] stored, Sample latest, double limit, Instant now) {
    Resource resource;
    Foresight.Told told;
    try {
      resource = Resource.read(stored);
      told = foresight.day(resource, latest, limit);
    } catch (RuntimeException e) {
      // Left to fail, it would fail again after each restart, and with it who decides alerts.
      setAside.accept(new Record<>(latest.series(), latest, now.toEpochMilli()), e);
      return;
    }
    metrics.forecast(told.forecast().status());
    context.forward(
        new Record<>(latest.series(), told.forecast(), now.toEpochMilli()),
        DetectionTopology.FORECASTS);
    Anomaly anomaly = told.anomaly();
    if (anomaly != null) {
      tell(anomaly, now.toEpochMilli());
    }
    resources.put(latest.series(), resource.toBytes());
  }

  private void tell(Anomaly anomaly, long timestamp) {
    context.forward(new Record<>(anomaly.group(), anomaly, timestamp), DetectionTopology.FORESEEN);
  }
}
