// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.forecast.Resource;
import dev.tocsin.kafka.store.JsonShelf;
import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.kafka.timer.TimerQueue;
import dev.tocsin.schemas.sample.Sample;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of resources, on a processor's store: of each its days, a sample of the latest
 * day, and when it was last heard of, to the day.
 *
 * <p>One that nothing was heard of for thirty days is gone, and no more than so many are known at a
 * time: as series are.
 */
final class ResourceStores {

  private static final Duration GONE_AFTER = Duration.ofDays(30);

  /** The days of all resources end at once, and a forecast costs milliseconds. */
  private static final int SPREAD_MILLIS = 600_000;

  private final int most;
  private final Shelf resources;
  private final JsonShelf<Sample> latest;
  private final Shelf heard;
  private final TimerQueue days;
  private final TimerQueue ends;
  private int known;

  /** A resource as it is stored, which may be unreadable. */
  record Stored(Sample latest, byte[] resource) {}

  /**
   * @param most resources that are known at a time
   */
  ResourceStores(KeyValueStore<Bytes, byte[]> store, int most) {
    this.most = most;
    this.resources = new Shelf(store, "resource");
    this.latest = new JsonShelf<>(new Shelf(store, "latest"), Sample.class);
    this.heard = new Shelf(store, "heard");
    this.days = new TimerQueue(new Shelf(store, "timer"));
    this.ends = new TimerQueue(new Shelf(store, "end"));
    heard.forEach("", (_, _) -> known++);
  }

  /** The resource as it is; a new one while there is room for one more. */
  Optional<Resource> find(String series) {
    byte[] stored = resources.get(series);
    return stored != null
        ? Optional.of(Resource.read(stored))
        : known < most ? Optional.of(new Resource()) : Optional.empty();
  }

  /** A sample was added. */
  void keep(Sample sample, Resource resource, Resource.Taken taken, Instant now) {
    String series = sample.series();
    boolean isNew = heard.get(series) == null;
    put(series, resource);
    if (isNew) {
      known++;
      ends.set(now.plus(GONE_AFTER), series);
    }
    if (isNew || taken == Resource.Taken.NEW_DAY) {
      latest.put(series, sample);
      heard.put(series, ByteBuffer.allocate(Long.BYTES).putLong(now.toEpochMilli()).array());
    }
    if (taken == Resource.Taken.NEW_DAY) {
      days.set(now.plusMillis(Math.floorMod(series.hashCode(), SPREAD_MILLIS)), series);
    }
  }

  void put(String series, Resource resource) {
    resources.put(series, resource.toBytes());
  }

  /** Resources whose day is over and that are not forecast yet: at most so many of them. */
  List<Stored> due(Instant now, int most) {
    List<Stored> due = new ArrayList<>();
    for (TimerQueue.Due timer : days.drain(now, most)) {
      Stored stored = stored(timer.name());
      if (stored != null) {
        due.add(stored);
      }
    }
    return due;
  }

  /** Forgets what nothing was heard of for long, and returns it: some of it at a time. */
  List<Stored> gone(Instant now) {
    List<Stored> gone = new ArrayList<>();
    for (TimerQueue.Due timer : ends.drain(now)) {
      String series = timer.name();
      byte[] last = heard.get(series);
      Stored stored = stored(series);
      if (last == null || stored == null) {
        continue;
      }
      // A day is heard of at its first sample.
      Instant until =
          Instant.ofEpochMilli(ByteBuffer.wrap(last).getLong())
              .plus(Duration.ofDays(1))
              .plus(GONE_AFTER);
      if (until.isAfter(now)) {
        ends.set(until, series);
      } else {
        gone.add(stored);
        resources.remove(series);
        latest.remove(series);
        heard.remove(series);
        known--;
      }
    }
    return gone;
  }

  private @Nullable Stored stored(String series) {
    Sample sample = latest.get(series);
    byte[] resource = resources.get(series);
    return sample == null || resource == null ? null : new Stored(sample, resource);
  }
}
