// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Mean and variance of a five-minute count by hour of the day (UTC), each exponentially weighted,
 * and interpolated between the middles of two hours. Hours that were seldom seen lean on the day as
 * a whole: for the variance, on the dispersion that all hours have in common, since what varies
 * with the mean does so with its square.
 */
final class DayProfile {

  static final int MINUTES = 5;

  private static final int HOURS = 24;
  private static final int MINUTES_OF_DAY = 24 * 60;

  /** Five-minute counts until an hour's own word is worth as much as the day's. */
  private static final double SHRINK = 6;

  /** The same for its variance, which takes longer to be known. */
  private static final double SHRINK_SPREAD = 36;

  /** Counts of an hour until its mean is known well enough to measure a variance from. */
  private static final int SETTLED = 12;

  /** What a hundred five-minute counts said is worth a third now: eight days of one hour. */
  private static final double WEIGHT = 0.01;

  private final float[] means = new float[HOURS];
  private final float[] variances = new float[HOURS];
  private final short[] seen = new short[HOURS];
  private float dayMean;

  /** How much larger squared distances were than means, and the squares of those means. */
  private float excesses;

  private float squares;
  private int total;

  /** What was expected at a minute since 1970. */
  record Expected(double mean, double variance) {}

  Expected at(long minute) {
    double position = Math.floorMod(minute, (long) MINUTES_OF_DAY) / 60.0 - .5;
    int before = Math.floorMod((int) Math.floor(position), HOURS);
    int after = (before + 1) % HOURS;
    double share = position - Math.floor(position);
    double mean = (1 - share) * mean(before) + share * mean(after);
    double variance = (1 - share) * variance(before) + share * variance(after);
    return new Expected(mean, variance);
  }

  private double mean(int hour) {
    double own = seen[hour] / (seen[hour] + SHRINK);
    return own * means[hour] + (1 - own) * dayMean;
  }

  private double variance(int hour) {
    double mean = mean(hour);
    int spread = spread(hour);
    double own = spread / (spread + SHRINK_SPREAD);
    double excess = squares == 0 ? 0 : Math.max(0, excesses / squares);
    return own * variances[hour] + (1 - own) * (mean + excess * mean * mean);
  }

  /** How many counts an hour's variance is from: not those of before its mean was known. */
  private int spread(int hour) {
    return Math.max(0, seen[hour] - SETTLED);
  }

  void learn(long minute, double count) {
    Expected expected = at(minute);
    int hour = (int) (Math.floorMod(minute, (long) MINUTES_OF_DAY) / 60);
    double off = count - (total == 0 ? count : expected.mean());
    if (seen[hour] >= SETTLED) {
      double all = WEIGHT / HOURS;
      excesses += (float) (all * (off * off - expected.mean() - excesses));
      squares += (float) (all * (expected.mean() * expected.mean() - squares));
      variances[hour] += (float) (weight(spread(hour)) * (off * off - variances[hour]));
    }
    means[hour] += (float) (weight(seen[hour]) * (count - means[hour]));
    seen[hour] = (short) Math.min(Short.MAX_VALUE, seen[hour] + 1);
    double all = Math.max(WEIGHT / HOURS, 1.0 / (total + 1));
    dayMean += (float) (all * (count - dayMean));
    total = Math.min(Integer.MAX_VALUE - 1, total + 1);
  }

  private static double weight(int seen) {
    return Math.max(WEIGHT, 1.0 / (seen + 1));
  }

  /** How many five-minute counts it has learnt from. */
  int total() {
    return total;
  }

  void write(DataOutput out) throws IOException {
    for (int hour = 0; hour < HOURS; hour++) {
      out.writeFloat(means[hour]);
      out.writeFloat(variances[hour]);
      out.writeShort(seen[hour]);
    }
    out.writeFloat(dayMean);
    out.writeFloat(excesses);
    out.writeFloat(squares);
    out.writeInt(total);
  }

  static DayProfile read(DataInput in) throws IOException {
    DayProfile profile = new DayProfile();
    for (int hour = 0; hour < HOURS; hour++) {
      profile.means[hour] = in.readFloat();
      profile.variances[hour] = in.readFloat();
      profile.seen[hour] = in.readShort();
    }
    profile.dayMean = in.readFloat();
    profile.excesses = in.readFloat();
    profile.squares = in.readFloat();
    profile.total = in.readInt();
    return profile;
  }
}
