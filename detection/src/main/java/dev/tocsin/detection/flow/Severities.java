// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.commons.math3.stat.inference.AlternativeHypothesis;
import org.apache.commons.math3.stat.inference.BinomialTest;
import org.jspecify.annotations.Nullable;

/**
 * Severity inflation: the share of critical alerts within the last hour, by the upper tail of the
 * binomial distribution with the share of before. At least ten alerts, and fifty before them.
 */
final class Severities {

  private static final int BLOCKS = 12;
  private static final int FEWEST = 10;
  private static final double FEWEST_BEFORE = 50;
  private static final double RARE = 1e-4;
  private static final double ORDINARY = 0.05;

  /** By block of five minutes: a week's half-life. */
  private static final double FADE = Math.pow(.5, 5.0 / (7 * 24 * 60));

  private static final BinomialTest TEST = new BinomialTest();

  private final int[] critical = new int[BLOCKS];
  private final int[] all = new int[BLOCKS];
  private double criticalBefore;
  private double allBefore;
  private long since = -1;

  /** The share of critical ones now, and before. */
  record Reading(int critical, int all, double share, double before, double surprise) {}

  void count(long block, boolean isCritical) {
    all[(int) (block % BLOCKS)]++;
    if (isCritical) {
      critical[(int) (block % BLOCKS)]++;
    }
  }

  /** The block is over; the reading when something begins or ends with it. */
  @Nullable Reading close(long block) {
    Reading turn = turn(reading(), block);
    int oldest = (int) ((block + 1) % BLOCKS);
    criticalBefore = criticalBefore * FADE + critical[oldest];
    allBefore = allBefore * FADE + all[oldest];
    critical[oldest] = 0;
    all[oldest] = 0;
    return turn;
  }

  private @Nullable Reading turn(Reading reading, long block) {
    double p = reading.all() == 0 ? 1 : Math.pow(10, -reading.surprise());
    boolean enough = reading.all() >= FEWEST && allBefore >= FEWEST_BEFORE;
    if (since < 0 && enough && p < RARE) {
      since = block;
      return reading;
    }
    if (since >= 0 && since != block && p > ORDINARY) {
      since = -1;
      return reading;
    }
    return null;
  }

  private Reading reading() {
    int c = 0;
    int n = 0;
    for (int i = 0; i < BLOCKS; i++) {
      c += critical[i];
      n += all[i];
    }
    double before = (criticalBefore + .5) / (allBefore + 1);
    double p = n == 0 ? 1 : TEST.binomialTest(n, c, before, AlternativeHypothesis.GREATER_THAN);
    return new Reading(
        c, n, n == 0 ? 0 : (double) c / n, before, p <= 0 ? 300 : Math.max(0, -Math.log10(p)));
  }

  boolean isInflated() {
    return since >= 0;
  }

  void write(DataOutput out) throws IOException {
    for (int i = 0; i < BLOCKS; i++) {
      out.writeInt(critical[i]);
      out.writeInt(all[i]);
    }
    out.writeDouble(criticalBefore);
    out.writeDouble(allBefore);
    out.writeLong(since);
  }

  static Severities read(DataInput in) throws IOException {
    Severities severities = new Severities();
    for (int i = 0; i < BLOCKS; i++) {
      severities.critical[i] = in.readInt();
      severities.all[i] = in.readInt();
    }
    severities.criticalBefore = in.readDouble();
    severities.allBefore = in.readDouble();
    severities.since = in.readLong();
    return severities;
  }
}
