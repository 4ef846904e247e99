// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.nio.ByteBuffer;

/**
 * Makes episodes of what stands out: one alarm each, and no other until something stands out much
 * more, or it is long over.
 *
 * <p>An alarm raises an {@link Envelope} that sinks by half in sixteen hours, or what is near it in
 * samples. Beside it, episodes of what nearly stands out are counted: there are more of them than
 * alarms, so they say sooner how little an alarm of this series says.
 */
final class Gate {

  private static final double HALF_LIFE_SECONDS = 16 * 3_600;
  private static final double SHORTEST = 20;
  private static final double LONGEST = 960;

  /** What remains of what stands out in an episode that is known. */
  private static final double HELD = 0.5;

  private static final double JUST_BELOW = 0.99;

  /** From this part of the limit on, something nearly stands out. */
  private static final double NEARLY = 0.6;

  /** What a tenfold of such episodes takes away, against one in {@value #USUAL} samples. */
  private static final double OFTEN = 0.05;

  private static final double USUAL = 85;
  private static final double AGED = Math.exp(-Math.log(2) / 10_000);

  private final Envelope alarms = new Envelope();
  private final Envelope lesser = new Envelope();
  private final Recurrence recurrence = new Recurrence();

  /** Samples so far and lesser episodes among them; the older count less. */
  private double passed;

  private double begun;

  /**
   * @param combined how much the sample stands out
   * @param scales how far off it is
   * @param traits in what way it stands out
   * @param limit from where on that is an alarm
   * @return the same, or less when it is part of an episode
   */
  double pass(double combined, double scales, Traits traits, double limit, double stepSeconds) {
    double halfLife = Math.clamp(HALF_LIFE_SECONDS / Math.max(1, stepSeconds), SHORTEST, LONGEST);
    double remains = Math.exp(-Math.log(2) / halfLife);
    recurrence.pass();
    passed = AGED * passed + 1;
    begun = AGED * begun + (lesser.begins(combined, NEARLY * limit, remains) ? 1 : 0);
    if (alarms.begins(combined, limit, remains)) {
      return combined - recurrence.of(scales, traits, stepSeconds) - often();
    }
    return combined < limit ? combined : Math.min(combined * HELD, limit * JUST_BELOW);
  }

  /**
   * A series in which much has nearly stood out is one whose alarms say little, and one in which
   * hardly anything has is believed sooner.
   */
  private double often() {
    return OFTEN * Math.log10((1 + begun) / (1 + passed / USUAL));
  }

  void write(ByteBuffer out) {
    alarms.write(out);
    lesser.write(out);
    out.putDouble(passed).putDouble(begun);
    recurrence.write(out);
  }

  void read(ByteBuffer in) {
    alarms.read(in);
    lesser.read(in);
    passed = in.getDouble();
    begun = in.getDouble();
    recurrence.read(in);
  }
}
