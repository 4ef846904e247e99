// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.nio.ByteBuffer;

/**
 * Whether an episode begins: raised by its first sample, it sinks, and whatever stays below {@value
 * #MUCH_MORE} times of it belongs to the same episode.
 */
final class Envelope {

  private static final double MUCH_MORE = 1.8;

  private double height;

  /**
   * @param combined how much the sample stands out
   * @param limit from where on that can begin an episode
   * @param remains what remains of the envelope from one sample to the next
   */
  boolean begins(double combined, double limit, double remains) {
    height *= remains;
    boolean begins = combined >= limit && combined > MUCH_MORE * height;
    height = begins ? combined : height;
    return begins;
  }

  void write(ByteBuffer out) {
    out.putDouble(height);
  }

  void read(ByteBuffer in) {
    height = in.getDouble();
  }
}
