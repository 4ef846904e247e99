// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.anomaly.Detector;
import dev.tocsin.detection.anomaly.Judgement;
import dev.tocsin.detection.anomaly.SeriesState;
import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.schemas.sample.Sample;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What is remembered of series, on a processor's store: of each its state as it was some samples
 * ago, and the samples since. Judging those again gives the state as it is, exactly.
 *
 * <p>A state is some kilobytes, a sample a few bytes; so a sample does not write the whole state to
 * the changelog. The series judged last are at hand as well, and are read from nowhere.
 */
final class SeriesMemory {

  /** At 13 kB each, 50 MB where so many are judged time and again. */
  private static final int AT_HAND = 4_000;

  private final Detector detector;
  private final Shelf states;
  private final Shelf tails;
  private final Map<String, Series> atHand =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Series> eldest) {
          return size() > AT_HAND;
        }
      };

  /**
   * A series as it is.
   *
   * @param tail what of the state is not in the stored one
   * @param isNew whether nothing was known of it; many alerts come once and never again, and their
   *     series are not worth a place at hand
   */
  record Series(SeriesState state, SampleTail tail, boolean isNew) {}

  /** What was said of a sample, and its series with it. */
  record Judged(Sample sample, Series series, Judgement judgement) {}

  SeriesMemory(KeyValueStore<Bytes, byte[]> store, Detector detector) {
    this.detector = detector;
    this.states = new Shelf(store, "series");
    this.tails = new Shelf(store, "series-tails");
  }

  /**
   * Judges a sample. Unless it is {@link #keep kept} afterwards, its series is as it was stored.
   */
  Judged judge(Sample sample) {
    String id = sample.series();
    Series own = atHand.remove(id);
    Series series = own == null ? read(id) : own;
    return new Judged(sample, series, judge(series.state(), SampleTail.Entry.of(sample)));
  }

  /** Writes that the sample was judged. */
  void keep(Judged judged) {
    if (judged.judgement() instanceof Judgement.Skipped(var reason)
        && reason == Judgement.Reason.NOT_A_NUMBER) {
      return;
    }
    String id = judged.sample().series();
    SeriesState state = judged.series().state();
    SampleTail before = judged.series().tail();
    SampleTail tail = before.plus(SampleTail.Entry.of(judged.sample()));
    if (tail.isFull()) {
      states.put(id, state.toBytes());
      tails.remove(id);
      tail = SampleTail.EMPTY;
    } else {
      tails.put(id, tail.toBytes());
    }
    if (!judged.series().isNew()) {
      atHand.put(id, new Series(state, tail, false));
    }
  }

  private Series read(String id) {
    byte[] stored = states.get(id);
    byte[] since = tails.get(id);
    SeriesState state = stored == null ? new SeriesState() : SeriesState.read(stored);
    SampleTail tail = since == null ? SampleTail.EMPTY : SampleTail.read(since);
    tail.entries().forEach(entry -> judge(state, entry));
    return new Series(state, tail, stored == null && since == null);
  }

  private Judgement judge(SeriesState state, SampleTail.Entry entry) {
    return detector.judge(state, entry.kind(), entry.at(), entry.value());
  }
}
