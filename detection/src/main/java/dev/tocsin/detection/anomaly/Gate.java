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

  /** What a tenfold of alarms of any size takes away, against one in {@value #USUAL} samples. */
  private static final double OFTEN = 0.05;

  private static final double USUAL = 300;
  private static final double AGED = Math.exp(-Math.log(2) / 10_000);

  private double envelope;

  private final Recurrence recurrence = new Recurrence();

  /** Samples so far and alarms among them; the older count less. */
  private double passed;

  private double alarmed;

  /**
   * @param combined how much the sample stands out
   * @param scales how far off it is
   * @param traits in what way it stands out
   * @param limit from where on that is an alarm
   * @return the same, or less when it is part of an episode
   */
  double pass(double combined, double scales, Traits traits, double limit, double stepSeconds) {
    double halfLife = Math.clamp(HALF_LIFE_SECONDS / Math.max(1, stepSeconds), SHORTEST, LONGEST);
    envelope *= Math.exp(-Math.log(2) / halfLife);
    recurrence.pass();
    passed = AGED * passed + 1;
    alarmed *= AGED;
    if (combined < limit) {
      return combined;
    }
    if (combined > MUCH_MORE * envelope) {
      envelope = combined;
      return combined - recurrence.of(scales, traits, stepSeconds) - often();
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

  void write(ByteBuffer out) {
    out.putDouble(envelope).putDouble(passed).putDouble(alarmed);
    recurrence.write(out);
  }

  void read(ByteBuffer in) {
    envelope = in.getDouble();
    passed = in.getDouble();
    alarmed = in.getDouble();
    recurrence.read(in);
  }
}
