// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.nio.ByteBuffer;

/**
 * Whether the samples before stood out as well: what lasts is believed sooner than what is alone.
 *
 * <p>It counts most where a sample comes every five minutes, and not at all where one comes each
 * minute, as what happens there is often over with it, or each hour, as that is long enough.
 */
final class Persistence {

  /** An hour, where a sample comes every five minutes. */
  static final int SAMPLES = 12;

  /** How much the samples before stand out, on average, where it makes no difference. */
  private static final double NEUTRAL = 0.4;

  private static final double WORTH = 0.4;
  private static final double MINUTELY = Math.log(Standout.USUAL_STEP / 60);

  private final Recent before = new Recent(SAMPLES);

  /**
   * @param combined how much the sample stands out
   * @return the same, less when it is alone, more when those before it stood out much
   */
  double weigh(double combined, double stepSeconds) {
    int known = (int) Math.min(before.size(), SAMPLES);
    double mean = known == 0 ? 0 : before.mean(0, known) * known / SAMPLES;
    before.add(combined);
    return Math.max(0, combined + WORTH * weight(stepSeconds) * (mean - NEUTRAL));
  }

  /** From 0, a sample a minute, to 1, one in five minutes, and to 0 again, one in an hour. */
  static double weight(double stepSeconds) {
    if (stepSeconds >= Standout.USUAL_STEP) {
      return 1 - Standout.coarse(stepSeconds);
    }
    double finer = stepSeconds > 0 ? Math.log(Standout.USUAL_STEP / stepSeconds) / MINUTELY : 1;
    return Math.max(0, 1 - finer);
  }

  /** After a gap, what lies before it says nothing of what comes. */
  void clear() {
    before.clear();
  }

  void write(ByteBuffer out) {
    before.write(out);
  }

  void read(ByteBuffer in) {
    before.read(in);
  }
}
