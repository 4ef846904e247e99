// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.nio.ByteBuffer;

/** The slow median of something, and how far from it is usual. */
final class Centre {

  private static final double FASTEST_SCALE = 0.01;
  private static final int CLIPPED_FROM = 30;
  private static final double CLIP = 8;

  private final double rate;
  private double median;
  private double scale;
  private int samples;

  /**
   * @param rate how fast it follows, as a part of the scale with each sample
   */
  Centre(double rate) {
    this.rate = rate;
  }

  double deviation(double value) {
    return samples == 0 ? 0 : value - median;
  }

  double scale() {
    return scale;
  }

  void add(double value) {
    samples = Math.min(samples + 1, 1 << 30);
    if (samples == 1) {
      median = value;
      return;
    }
    double deviation = value - median;
    double distance = Math.abs(deviation);
    double most = samples < CLIPPED_FROM || scale == 0 ? Double.MAX_VALUE : CLIP * scale;
    scale += Math.max(FASTEST_SCALE, 1.0 / samples) * (Math.min(distance, most) - scale);
    double step = 2 * Math.max(rate, 1.0 / samples) * scale;
    median += distance < step ? deviation / 2 : Math.signum(deviation) * step;
  }

  void write(ByteBuffer out) {
    out.putDouble(median).putDouble(scale).putInt(samples);
  }

  void read(ByteBuffer in) {
    median = in.getDouble();
    scale = in.getDouble();
    samples = in.getInt();
  }
}
