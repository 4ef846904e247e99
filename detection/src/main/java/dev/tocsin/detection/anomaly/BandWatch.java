// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import dev.tocsin.detection.anomaly.Judgement.Band;
import dev.tocsin.detection.anomaly.Judgement.Turn;
import dev.tocsin.schemas.sample.SeriesKind;
import java.nio.ByteBuffer;

/**
 * Whether a series is off its band, since when, and whether that is one for people.
 *
 * <p>For people is what lasts for two samples outside the band, is far off for this series, and is
 * of the direction and size that hurts for its kind: slower, not faster; a ratio by two hundredths,
 * not by what is nothing of it.
 */
final class BandWatch {

  private static final int BACK_AFTER = 3;
  private static final int LASTS = 2;
  private static final double FAR = 4;

  /** A change people would not see in the number is none to them. */
  private static final double VISIBLE = 0.01;

  private static final double SLOWER = 1.25;
  private static final double RATIO = 0.02;

  /** Samples in a row above the band, negative below it; and inside it. */
  private int outside;

  private int inside;

  /** Samples in a row far above what was expected, negative far below it. */
  private int far;

  /** When it left its band; {@link Long#MIN_VALUE} while it is in it. */
  private long offSince = Long.MIN_VALUE;

  /** When the first of the samples outside was. */
  private long outsideSince = Long.MIN_VALUE;

  private boolean forPeople;

  /**
   * @param alarm whether the sample stands out, and not as part of an episode
   */
  Turn next(long millis, SeriesKind kind, double value, Band band, double scales, boolean alarm) {
    step(millis, value, band);
    far = Math.abs(scales) < FAR ? 0 : inARow(far, scales > 0 ? 1 : -1);
    boolean off = offSince != Long.MIN_VALUE;
    if (off && !alarm && inside >= BACK_AFTER) {
      return Turn.BACK;
    }
    boolean newly = alarm && !off;
    if (newly) {
      offSince = outside == 0 ? millis : outsideSince;
      forPeople = false;
    }
    boolean hurts = (off || newly) && !forPeople && hurts(kind, value, band, scales);
    forPeople |= hurts;
    if (newly) {
      return Turn.OFF_BAND;
    }
    return hurts ? Turn.FOR_PEOPLE : alarm ? Turn.FARTHER : Turn.NONE;
  }

  private void step(long millis, double value, Band band) {
    int side = value > band.high() ? 1 : value < band.low() ? -1 : 0;
    if (side == 0) {
      outside = 0;
      inside++;
      return;
    }
    inside = 0;
    outsideSince = outside * side > 0 ? outsideSince : millis;
    outside = inARow(outside, side);
  }

  private static int inARow(int before, int side) {
    return before * side > 0 ? Math.clamp(before + (long) side, -(1 << 30), 1 << 30) : side;
  }

  private boolean hurts(SeriesKind kind, double value, Band band, double scales) {
    double change = value - band.expected();
    boolean seen = Math.abs(change) >= VISIBLE * Math.abs(band.expected());
    if (Math.abs(outside) < LASTS || Math.abs(scales) < FAR || !seen) {
      return false;
    }
    return switch (kind) {
      case GAUGE, COUNTER -> true;
      case LATENCY -> change > 0 && value >= SLOWER * band.expected();
      case RATIO -> Math.abs(change) >= RATIO;
    };
  }

  /** After this the series is in its band. */
  void isBack() {
    offSince = Long.MIN_VALUE;
    forPeople = false;
  }

  /** So many samples in a row were far off, on the same side. */
  int far() {
    return Math.abs(far);
  }

  /** When it left its band, or {@code otherwise} while it is in it. */
  long offSince(long otherwise) {
    return offSince == Long.MIN_VALUE ? otherwise : offSince;
  }

  boolean forPeople() {
    return forPeople;
  }

  void write(ByteBuffer out) {
    out.putInt(outside).putInt(inside).putInt(far).putLong(offSince).putLong(outsideSince);
    out.put((byte) (forPeople ? 1 : 0));
  }

  void read(ByteBuffer in) {
    outside = in.getInt();
    inside = in.getInt();
    far = in.getInt();
    offSince = in.getLong();
    outsideSince = in.getLong();
    forPeople = in.get() != 0;
  }
}
