// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import dev.tocsin.ingest.push.Batch.Point;
import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.sample.SeriesId;
import dev.tocsin.schemas.sample.SeriesKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Chooses from batches what is watched, and makes samples of it. */
public final class SampleChoice {

  /** Detection forgets a series after as long. */
  static final Duration OLDEST = Duration.ofDays(30);

  /** A sample of tomorrow would make all until then late. */
  static final Duration AHEAD = Duration.ofMinutes(10);

  private static final int SHOWN = 200;

  private final List<Watched> watched;
  private final KnownSeries known;
  private final int mostSeries;

  private record Watched(PushedSeries series, Selector selector) {}

  public SampleChoice(PushSettings settings) {
    this.watched =
        settings.series().stream()
            .map(series -> new Watched(series, Selector.of(series.selector())))
            .toList();
    this.known = new KnownSeries(settings.mostSeries());
    this.mostSeries = settings.mostSeries();
  }

  /** Of a batch what is watched; it counts for the next one when it {@link Picked#written is}. */
  public Picked choose(String source, Batch batch, Instant now) {
    Picked picked = new Picked();
    picked.count(PushOutcome.METADATA, batch.metadata());
    for (Batch.Series series : batch.series()) {
      picked.count(PushOutcome.HISTOGRAM, series.histograms());
      picked.count(PushOutcome.EXEMPLAR, series.exemplars());
      choose(source, series, now, picked);
    }
    return picked;
  }

  /** How many series are known, of so many that may be. */
  public Map<String, Integer> room() {
    return Map.of("series", known.size(), "most", mostSeries);
  }

  private void choose(String source, Batch.Series series, Instant now, Picked picked) {
    int samples = series.points().size();
    if (series.fault() != null) {
      picked.count(PushOutcome.INVALID, Math.max(1, samples));
      picked.fault("the series %s: %s".formatted(shown(series), series.fault()));
      return;
    }
    Watched by = watchedBy(series.labels());
    if (by == null || samples == 0) {
      picked.count(PushOutcome.UNWATCHED, samples);
      return;
    }
    SortedMap<String, String> labels = labels(by.series(), series.labels());
    String id = SeriesId.of("push/" + source + '/' + series.metric(), labels);
    Long last = known.last(id, now);
    if (last == null) {
      picked.count(PushOutcome.NO_ROOM, samples);
      return;
    }
    choose(new Chosen(source, id, series, by.series(), labels), last, now, picked);
  }

  /** A watched series, with what all of its samples have. */
  private record Chosen(
      String source,
      String id,
      Batch.Series series,
      PushedSeries by,
      SortedMap<String, String> labels) {

    private Sample sample(Point point) {
      return new Sample(
          id,
          by.name() == null ? series.metric() : by.name(),
          labels,
          Instant.ofEpochMilli(point.millis()),
          point.value(),
          "push/" + source,
          null,
          by.kind() == SeriesKind.GAUGE ? null : by.kind(),
          by.limit());
    }
  }

  private void choose(Chosen chosen, long before, Instant now, Picked picked) {
    long last = before;
    for (Point point : chosen.series().points()) {
      PushOutcome outcome = outcome(point, last, chosen.by().interval(), now);
      if (outcome == PushOutcome.WRITTEN) {
        picked.take(chosen.sample(point));
        last = point.millis();
        continue;
      }
      picked.count(outcome, 1);
      if (outcome == PushOutcome.INVALID) {
        picked.fault(
            "the series %s: a sample is of %d ms since 1970, and it is %d; from %s before to %s after is read"
                .formatted(
                    shown(chosen.series()), point.millis(), now.toEpochMilli(), OLDEST, AHEAD));
      }
    }
    if (last != before) {
      long latest = last;
      picked.onceWritten(() -> known.written(chosen.id(), latest));
    }
  }

  /**
   * @param last time of the sample that was taken before
   */
  static PushOutcome outcome(Point point, long last, Duration interval, Instant now) {
    long millis = point.millis();
    if (point.isStale()) {
      return PushOutcome.STALE;
    }
    if (millis < now.minus(OLDEST).toEpochMilli() || millis > now.plus(AHEAD).toEpochMilli()) {
      return PushOutcome.INVALID;
    }
    if (!Double.isFinite(point.value())) {
      return PushOutcome.NOT_FINITE;
    }
    if (millis <= last) {
      return millis == last ? PushOutcome.DUPLICATE : PushOutcome.LATE;
    }
    long window = interval.toMillis();
    return last != Long.MIN_VALUE && Math.floorDiv(millis, window) == Math.floorDiv(last, window)
        ? PushOutcome.THINNED
        : PushOutcome.WRITTEN;
  }

  private @Nullable Watched watchedBy(Map<String, String> labels) {
    for (Watched one : watched) {
      if (one.selector().matches(labels)) {
        return one;
      }
    }
    return null;
  }

  private static SortedMap<String, String> labels(PushedSeries by, Map<String, String> own) {
    SortedMap<String, String> labels = new TreeMap<>(by.labels());
    by.labelsFrom()
        .forEach(
            (label, from) -> {
              String value = own.get(from);
              if (value != null) {
                labels.put(label, value);
              }
            });
    labels.putAll(own);
    labels.remove(Batch.METRIC);
    return labels;
  }

  private static String shown(Batch.Series series) {
    String all = series.labels().toString();
    return all.length() <= SHOWN ? all : all.substring(0, SHOWN) + "…";
  }
}
