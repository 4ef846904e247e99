// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.nio.ByteBuffer;

/**
 * Makes episodes of what stands out: one alarm each, and no other until something stands out much
 * more, or it is long over.
 *
 * <p>An alarm raises an envelope that sinks by half in sixteen hours, or what is near it in
 * samples. Whatever stays below {@value #MUCH_MORE} times the envelope belongs to the same episode.
 */
final class Gate {

  private static final double MUCH_MORE = 1.8;
  private static final double HALF_LIFE_SECONDS = 16 * 3_600;
  private static final double SHORTEST = 20;
  private static final double LONGEST = 960;

  /** What remains of what stands out in an episode that is known. */
  private static final double HELD = 0.5;

  private static final double JUST_BELOW = 0.99;

  /** What a tenfold of alarms of about this size in the last thousands of samples takes away. */
  private static final double KNOWN = 0.07;

  /** What a tenfold of alarms of any size takes away, against one in {@value #USUAL} samples. */
  private static final double OFTEN = 0.05;

  private static final double USUAL = 300;
  private static final double AGED = Math.exp(-Math.log(2) / 10_000);

  private static final int SIZES = 64;
  private static final double FORGOTTEN = Math.exp(-Math.log(2) / 4_000);

  private double envelope;

  /** Alarms so far, by how far off they were, and when they were last counted down. */
  private final float[] alarms = new float[SIZES];

  private int sinceCounted;

  /** Samples so far and alarms among them; the older count less. */
  private double passed;

  private double alarmed;

  /**
   * @param combined how much the sample stands out
   * @param scales how far off it is
   * @param limit from where on that is an alarm
   * @return the same, or less when it is part of an episode
   */
  double pass(double combined, double scales, double limit, double stepSeconds) {
    double halfLife = Math.clamp(HALF_LIFE_SECONDS / Math.max(1, stepSeconds), SHORTEST, LONGEST);
    envelope *= Math.exp(-Math.log(2) / halfLife);
    sinceCounted++;
    passed = AGED * passed + 1;
    alarmed *= AGED;
    if (combined < limit) {
      return combined;
    }
    if (combined > MUCH_MORE * envelope) {
      envelope = combined;
      return combined - KNOWN * Math.log10(1 + alike(scales)) - often();
    }
    return Math.min(combined * HELD, limit * JUST_BELOW);
  }

  /**
   * A series that has had many alarms in its life is one whose alarms say little, and one that
   * hardly ever had any is believed sooner.
   */
  private double often() {
    double often = OFTEN * Math.log10((1 + alarmed) / (1 + passed / USUAL));
    alarmed++;
    return often;
  }

  /** How many alarms there were of about that size, this one not counted; the older count less. */
  private double alike(double scales) {
    double faded = Math.pow(FORGOTTEN, sinceCounted);
    sinceCounted = 0;
    for (int i = 0; i < SIZES; i++) {
      alarms[i] *= (float) faded;
    }
    int size = (int) Math.clamp(4 * Math.log(Math.abs(scales) + 0.1) + 16, 0, SIZES - 1);
    double alike = 0;
    for (int i = Math.max(0, size - 1); i <= Math.min(SIZES - 1, size + 1); i++) {
      alike += alarms[i];
    }
    alarms[size]++;
    return alike;
  }

  void write(ByteBuffer out) {
    out.putDouble(envelope).putInt(sinceCounted).putDouble(passed).putDouble(alarmed);
    for (float count : alarms) {
      out.putFloat(count);
    }
  }

  void read(ByteBuffer in) {
    envelope = in.getDouble();
    sinceCounted = in.getInt();
    passed = in.getDouble();
    alarmed = in.getDouble();
    for (int i = 0; i < SIZES; i++) {
      alarms[i] = in.getFloat();
    }
  }
}
