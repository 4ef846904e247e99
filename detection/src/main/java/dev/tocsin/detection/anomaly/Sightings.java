// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a series was last how far off, on either side, in octaves of its own scale. */
final class Sightings {

  private static final int OCTAVES = 16;
  static final int MEMORY_BYTES = 2 * OCTAVES * Integer.BYTES;
  private static final int MILLIS_A_MINUTE = 60_000;

  private final int[] minutes = new int[2 * OCTAVES];

  void add(double scales, long millis) {
    int octave = octave(scales);
    if (octave >= 0) {
      minutes[side(scales) + octave] = Math.clamp(millis / MILLIS_A_MINUTE, 1, 1 << 30);
    }
  }

  /** When it was about as far off; null when never. */
  @Nullable Instant last(double scales) {
    int latest = 0;
    for (int octave = Math.max(0, octave(scales)); octave < OCTAVES; octave++) {
      latest = Math.max(latest, minutes[side(scales) + octave]);
    }
    return latest == 0 ? null : Instant.ofEpochMilli((long) latest * MILLIS_A_MINUTE);
  }

  private static int side(double scales) {
    return scales >= 0 ? 0 : OCTAVES;
  }

  /** Octave 0 begins at two scales. */
  private static int octave(double scales) {
    return Math.min(OCTAVES - 1, Math.getExponent(Math.abs(scales)) - 1);
  }

  void write(ByteBuffer out) {
    for (int minute : minutes) {
      out.putInt(minute);
    }
  }

  void read(ByteBuffer in) {
    for (int i = 0; i < minutes.length; i++) {
      minutes[i] = in.getInt();
    }
  }
}
