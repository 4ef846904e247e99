// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.nio.ByteBuffer;

/**
 * In what way a sample stands out: by which features, and on which side of what is usual.
 *
 * <p>Only their proportions are kept, a byte a feature, so that what is stored is what was held.
 */
final class Traits {

  static final int MEMORY_BYTES = Feature.ALL.length + 16;
  static final Traits NONE = new Traits(new byte[Feature.ALL.length]);

  private final byte[] shares;

  private Traits(byte[] shares) {
    this.shares = shares;
  }

  /**
   * @param shares how much each feature has in it, negative below what is usual
   */
  static Traits of(double[] shares) {
    double largest = 0;
    for (double share : shares) {
      largest = Math.max(largest, Math.abs(share));
    }
    if (largest == 0) {
      return NONE;
    }
    byte[] rounded = new byte[shares.length];
    for (int i = 0; i < shares.length; i++) {
      rounded[i] = (byte) Math.round(Byte.MAX_VALUE * shares[i] / largest);
    }
    return new Traits(rounded);
  }

  /** The cosine of the angle between them: 1 for the same way, 0 for another, -1 the other side. */
  double likeness(Traits other) {
    int product = 0;
    int own = 0;
    int others = 0;
    for (int i = 0; i < shares.length; i++) {
      product += shares[i] * other.shares[i];
      own += shares[i] * shares[i];
      others += other.shares[i] * other.shares[i];
    }
    return product == 0 ? 0 : product / Math.sqrt((double) own * others);
  }

  void write(ByteBuffer out) {
    out.put(shares);
  }

  static Traits read(ByteBuffer in) {
    byte[] shares = new byte[Feature.ALL.length];
    in.get(shares);
    return new Traits(shares);
  }
}
