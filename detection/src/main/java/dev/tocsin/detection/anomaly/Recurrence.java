// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What an alarm is worth less for those like it that a series had lately.
 *
 * <p>Where a sample comes every five minutes, those are alike that stood out in the same way, by
 * the same features and on the same side. Where one comes each hour or minute, most stand out as a
 * single sample does, all in one way, and it is their size that tells them apart.
 */
final class Recurrence {

  /** What a tenfold of alarms of about this size takes away. */
  private static final double KNOWN_SIZE = 0.07;

  /** What a tenfold of alarms that stood out in the same way takes away. */
  private static final double KNOWN_WAY = 0.12;

  /** Less alike than this is another way. */
  private static final double ANOTHER = 0.8;

  private static final int SIZES = 64;
  private static final int LATEST = 16;
  private static final double FORGOTTEN = Math.exp(-Math.log(2) / 4_000);

  static final int MEMORY_BYTES =
      SIZES * Float.BYTES + LATEST * (Traits.MEMORY_BYTES + Float.BYTES) + 64;

  /** Alarms so far, by how far off they were; the older count less. */
  private final float[] sizes = new float[SIZES];

  /** The latest alarms, each in the place of the oldest, and what they still count. */
  private final Traits[] ways = new Traits[LATEST];

  private final float[] weights = new float[LATEST];
  private int next;
  private int sinceCounted;

  Recurrence() {
    Arrays.fill(ways, Traits.NONE);
  }

  /** A sample has passed, alarm or not. */
  void pass() {
    sinceCounted++;
  }

  /** What to take away from an alarm, which is remembered for those after it. */
  double of(double scales, Traits traits, double stepSeconds) {
    float faded = (float) Math.pow(FORGOTTEN, sinceCounted);
    sinceCounted = 0;
    double byWay = Persistence.weight(stepSeconds);
    return byWay * KNOWN_WAY * Math.log10(1 + sameWay(traits, faded))
        + (1 - byWay) * KNOWN_SIZE * Math.log10(1 + sameSize(scales, faded));
  }

  private double sameSize(double scales, float faded) {
    for (int i = 0; i < SIZES; i++) {
      sizes[i] *= faded;
    }
    int size = (int) Math.clamp(4 * Math.log(Math.abs(scales) + 0.1) + 16, 0, SIZES - 1);
    double alike = 0;
    for (int i = Math.max(0, size - 1); i <= Math.min(SIZES - 1, size + 1); i++) {
      alike += sizes[i];
    }
    sizes[size]++;
    return alike;
  }

  private double sameWay(Traits traits, float faded) {
    double alike = 0;
    for (int i = 0; i < LATEST; i++) {
      weights[i] *= faded;
      double near = Math.max(0, (traits.likeness(ways[i]) - ANOTHER) / (1 - ANOTHER));
      alike += weights[i] * near * near;
    }
    ways[next] = traits;
    weights[next] = 1;
    next = (next + 1) % LATEST;
    return alike;
  }

  void write(ByteBuffer out) {
    out.putInt(sinceCounted).put((byte) next);
    for (float count : sizes) {
      out.putFloat(count);
    }
    for (int i = 0; i < LATEST; i++) {
      out.putFloat(weights[i]);
      ways[i].write(out);
    }
  }

  void read(ByteBuffer in) {
    sinceCounted = in.getInt();
    next = in.get();
    for (int i = 0; i < SIZES; i++) {
      sizes[i] = in.getFloat();
    }
    for (int i = 0; i < LATEST; i++) {
      weights[i] = in.getFloat();
      ways[i] = Traits.read(in);
    }
  }
}
