// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.anomaly.Findings;
import dev.tocsin.detection.forecast.Foresight;
import dev.tocsin.detection.forecast.Resource;
import dev.tocsin.kafka.deadletter.SetAsideUndecidable;
import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.kafka.streams.SoonCommit;
import dev.tocsin.kafka.timer.TimerQueue;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.sample.Sample;
import java.time.Instant;
import java.util.List;
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
 * so that pages do not wait for them: after a time away neither. The forecast of a resource that is
 * gone is taken back by a tombstone, and with it what is open about it.
 */
final class ForecastProcessor implements Processor<String, Sample, Object, Object> {

  private static final String STORE = "forecasts";
  private static final int MOST_IN_A_TURN = 2;

  private final DetectionMetrics metrics;
  private final Foresight foresight;
  private final int most;

  @SuppressWarnings("NullAway.Init") // Streams calls init first.
  private ProcessorContext<Object, Object> context;

  @SuppressWarnings("NullAway.Init")
  private ResourceStores resources;

  @SuppressWarnings("NullAway.Init")
  private SetAsideUndecidable setAside;

  @SuppressWarnings("NullAway.Init")
  private SoonCommit commit;

  private ForecastProcessor(DetectionSettings settings, DetectionMetrics metrics) {
    Findings findings = new Findings(settings.groupRule(), settings.org(), settings.anomaly());
    this.foresight = new Foresight(findings::group, settings.anomaly().severity());
    this.most = settings.anomaly().series();
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
    this.commit = SoonCommit.in(context);
    this.resources = new ResourceStores(context.getStateStore(STORE), most);
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
      Optional<Resource> found = resources.find(sample.series());
      if (found.isEmpty()) {
        metrics.noRoomForForecast();
        return;
      }
      resource = found.get();
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
      commit.want();
      return;
    }
    if (taken == Resource.Taken.SKIPPED) {
      return;
    }
    anomaly.ifPresent(found -> tell(found, record.timestamp()));
    resources.keep(sample, resource, taken, Instant.ofEpochMilli(record.timestamp()));
  }

  private static @Nullable Double limit(@Nullable Sample sample) {
    return sample == null ? null : sample.limit();
  }

  private void timePassed(Instant now) {
    for (ResourceStores.Stored stored : resources.due(now, MOST_IN_A_TURN)) {
      Double limit = limit(stored.latest());
      if (limit != null) {
        forecast(stored.resource(), stored.latest(), limit, now);
      }
    }
    for (ResourceStores.Stored stored : resources.gone(now)) {
      Double limit = limit(stored.latest());
      if (limit != null) {
        gone(stored.resource(), stored.latest(), limit, now);
      }
    }
  }

  private void gone(byte[] stored, Sample latest, double limit, Instant now) {
    commit.want();
    List<Anomaly> over;
    try {
      over = foresight.gone(Resource.read(stored), latest, limit, now);
    } catch (RuntimeException e) {
      setAside.accept(new Record<>(latest.series(), latest, now.toEpochMilli()), e);
      over = List.of();
    }
    over.forEach(anomaly -> tell(anomaly, now.toEpochMilli()));
    context.forward(
        new Record<>(latest.series(), null, now.toEpochMilli()), DetectionTopology.FORECASTS);
  }

  private void forecast(byte[] stored, Sample latest, double limit, Instant now) {
    commit.want();
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
    resources.put(latest.series(), resource);
  }

  private void tell(Anomaly anomaly, long timestamp) {
    commit.want();
    context.forward(new Record<>(anomaly.group(), anomaly, timestamp), DetectionTopology.FORESEEN);
  }
}
