// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Never seen before: how probable it was that the next alert of a service is a new one, by Good and
 * Turing: the share of alerts that were heard of once. So a new alert is loud where new ones are
 * rare, and quiet where they are not. What was seen fades with a half-life of thirty days.
 */
final class Novelty {

  /** One in a hundred. */
  static final double RARE = 2;

  private static final double HALF_LIFE_MILLIS = 30 * 24 * 3_600_000.0;

  private double alerts;
  private double once;
  private long at;

  /** An alert begins to fire that fired so many times before; how surprising one is that is new. */
  double begins(int before, long now) {
    fade(now);
    double surprise = -Math.log10((once + .5) / (alerts + 1));
    alerts++;
    if (before == 0) {
      once++;
    } else if (before == 1) {
      once = Math.max(0, once - 1);
    }
    return before == 0 ? Math.max(0, surprise) : 0;
  }

  private void fade(long now) {
    if (at > 0 && now > at) {
      double left = Math.pow(.5, (now - at) / HALF_LIFE_MILLIS);
      alerts *= left;
      once *= left;
    }
    at = Math.max(at, now);
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(alerts);
    out.writeDouble(once);
    out.writeLong(at);
  }

  static Novelty read(DataInput in) throws IOException {
    Novelty novelty = new Novelty();
    novelty.alerts = in.readDouble();
    novelty.once = in.readDouble();
    novelty.at = in.readLong();
    return novelty;
  }
}
