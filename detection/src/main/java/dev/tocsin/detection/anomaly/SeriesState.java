// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is remembered of a series: bounded, however long the series runs.
 *
 * <p>The detector changes it in place; whoever keeps it stores {@link #toBytes()}, and what is read
 * from them judges exactly as the one that was written.
 */
public final class SeriesState {

  private static final byte FORMAT = 9;
  private static final int FEATURES = Feature.ALL.length;
  private static final int BAND_MEMORY = 2_000;
  private static final int FEW_FIELDS = 1_024;

  /** What the arrays of one series take, which is nearly all of it. */
  public static final int MEMORY_BYTES =
      (FEATURES + 1) * Tail.MEMORY_BYTES
          + Recent.memoryBytes(Standout.LONGEST)
          + Recent.memoryBytes(2 * Shapes.LENGTH)
          + Recent.memoryBytes(Persistence.SAMPLES)
          + Season.MEMORY_BYTES
          + Shapes.MEMORY_BYTES
          + Sightings.MEMORY_BYTES
          + Recurrence.MEMORY_BYTES
          + FEW_FIELDS;

  final Rhythm rhythm = new Rhythm();
  final Counter counter = new Counter();
  final Recent recent = new Recent(Standout.LONGEST);

  /** How far the latest values were from what was expected. */
  final Recent lately = new Recent(2 * Shapes.LENGTH);

  final Season season = new Season();
  final Shapes shapes = new Shapes();
  final Centre[] centres = new Centre[FEATURES];
  final Tail[] tails = new Tail[FEATURES];

  /** How far samples are from what is expected: the band is made of it. */
  final Tail residuals = new Tail(BAND_MEMORY);

  final Sightings sightings = new Sightings();
  final Persistence persistence = new Persistence();
  final Gate gate = new Gate();

  /** Judged so far, up to a point where more make no difference. */
  int samples;

  long firstAt;

  final BandWatch watch = new BandWatch();

  public SeriesState() {
    for (Feature feature : Feature.ALL) {
      centres[feature.ordinal()] = new Centre(feature.rate);
      tails[feature.ordinal()] = new Tail(Tail.LONG);
    }
  }

  public byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(MEMORY_BYTES + FEW_FIELDS);
    out.put(FORMAT);
    rhythm.write(out);
    counter.write(out);
    recent.write(out);
    lately.write(out);
    season.write(out);
    shapes.write(out);
    for (int i = 0; i < FEATURES; i++) {
      centres[i].write(out);
      tails[i].write(out);
    }
    residuals.write(out);
    sightings.write(out);
    persistence.write(out);
    gate.write(out);
    out.putInt(samples).putLong(firstAt);
    watch.write(out);
    return Arrays.copyOf(out.array(), out.position());
  }

  /** A series stored in an older format is learnt anew, as nothing else can be made of it. */
  public static SeriesState read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    SeriesState state = new SeriesState();
    byte format = in.get();
    if (format < FORMAT) {
      return state;
    }
    if (format > FORMAT) {
      throw new IllegalStateException("a series is stored in format " + format + ", not " + FORMAT);
    }
    state.rhythm.read(in);
    state.counter.read(in);
    state.recent.read(in);
    state.lately.read(in);
    state.season.read(in);
    state.shapes.read(in);
    for (int i = 0; i < FEATURES; i++) {
      state.centres[i].read(in);
      state.tails[i].read(in);
    }
    state.residuals.read(in);
    state.sightings.read(in);
    state.persistence.read(in);
    state.gate.read(in);
    state.samples = in.getInt();
    state.firstAt = in.getLong();
    state.watch.read(in);
    return state;
  }
}
