// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.anomaly.AnomalySettings;
import dev.tocsin.detection.anomaly.Detector;
import dev.tocsin.detection.anomaly.Judgement;
import dev.tocsin.detection.anomaly.SeriesState;
import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.kafka.timer.TimerQueue;
import dev.tocsin.schemas.sample.Sample;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
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
 *
 * <p>A series that nothing was heard of for thirty days is forgotten, and no more than so many are
 * known at a time.
 */
final class SeriesStores {

  /** At 13 kB each, 50 MB where so many are judged time and again. */
  private static final int AT_HAND = 4_000;

  private static final long SECONDS_OF_A_DAY = 86_400;
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(30);

  private final Detector detector;
  private final int most;
  private final Shelf states;
  private final Shelf tails;
  private final Shelf days;
  private final TimerQueue timers;
  private int known;
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
   * @param day on which it was last heard of, since 1970; {@value #NEVER} when nothing was known of
   *     it
   */
  record Series(SeriesState state, SampleTail tail, long day) {

    private static final long NEVER = -1;

    boolean isNew() {
      return day == NEVER;
    }
  }

  /** What was said of a sample, and its series with it. */
  record Judged(Sample sample, Series series, Judgement judgement) {}

  SeriesStores(KeyValueStore<Bytes, byte[]> store, AnomalySettings settings) {
    this.detector = new Detector(settings.threshold());
    this.most = settings.series();
    this.states = new Shelf(store, "series");
    this.tails = new Shelf(store, "series-tails");
    this.days = new Shelf(store, "series-days");
    this.timers = new TimerQueue(new Shelf(store, "series-timers"));
    days.forEach("", (_, _) -> known++);
  }

  /** Whether the series is known, or there is room for one more. */
  boolean hasRoomFor(String id) {
    return known < most || atHand.containsKey(id) || day(id) != Series.NEVER;
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
  void keep(Judged judged, Instant now) {
    if (judged.judgement() instanceof Judgement.Skipped(var reason)
        && reason == Judgement.Reason.NOT_A_NUMBER) {
      return;
    }
    String id = judged.sample().series();
    SampleTail tail = keep(id, judged);
    long day = now.getEpochSecond() / SECONDS_OF_A_DAY;
    if (day != judged.series().day()) {
      days.put(id, ByteBuffer.allocate(Long.BYTES).putLong(day).array());
    }
    if (judged.series().isNew()) {
      // Not at hand: many alerts come once and never again.
      known++;
      timers.set(now.plus(FORGOTTEN_AFTER), id);
    } else {
      atHand.put(id, new Series(judged.series().state(), tail, day));
    }
  }

  private SampleTail keep(String id, Judged judged) {
    SampleTail tail = judged.series().tail().plus(SampleTail.Entry.of(judged.sample()));
    if (!tail.isFull()) {
      tails.put(id, tail.toBytes());
      return tail;
    }
    states.put(id, judged.series().state().toBytes());
    tails.remove(id);
    return SampleTail.EMPTY;
  }

  /** Forgets what nothing was heard of for long: some of it, so that it does not take long. */
  void forget(Instant now) {
    for (TimerQueue.Due due : timers.drain(now)) {
      String id = due.name();
      Instant until = Instant.ofEpochSecond((day(id) + 1) * SECONDS_OF_A_DAY).plus(FORGOTTEN_AFTER);
      if (until.isAfter(now)) {
        timers.set(until, id);
      } else {
        states.remove(id);
        tails.remove(id);
        days.remove(id);
        atHand.remove(id);
        known--;
      }
    }
  }

  private long day(String id) {
    byte[] stored = days.get(id);
    return stored == null ? Series.NEVER : ByteBuffer.wrap(stored).getLong();
  }

  private Series read(String id) {
    byte[] stored = states.get(id);
    byte[] since = tails.get(id);
    SeriesState state = stored == null ? new SeriesState() : SeriesState.read(stored);
    SampleTail tail = since == null ? SampleTail.EMPTY : SampleTail.read(since);
    tail.forEach(entry -> judge(state, entry));
    return new Series(state, tail, day(id));
  }

  private Judgement judge(SeriesState state, SampleTail.Entry entry) {
    return detector.judge(state, entry.kind(), entry.at(), entry.value());
  }
}
