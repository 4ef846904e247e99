// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import dev.tocsin.schemas.anomaly.Anomaly.Aspect;
import java.util.function.DoubleUnaryOperator;

/**
 * What of the latest samples is compared with what it usually is.
 *
 * <p>Windows are counted in samples, so that the same one is an hour of a series and half a day of
 * another: what a feature weighs depends on how often samples come.
 */
enum Feature {
  VALUE(Aspect.LEVEL, 2.97, 0.03),
  JUMP(Aspect.JUMP, 3.16, 0.005),
  MEAN(Aspect.SUSTAINED, 2.95, 0.005, 0.85),
  SHORT_MEDIAN(Aspect.SUSTAINED, 3.01, 0.005),
  LONG_MEDIAN(Aspect.SUSTAINED, 3.01, 0.005),
  SPREAD(Aspect.VOLATILITY, 2.89, 0.005, 0.95),
  SHORT_SPREAD(Aspect.VOLATILITY, 2.88, 0.005, 0.95, step -> 1 - Standout.coarse(step)),
  SEASON(Aspect.UNUSUAL_HOUR, 2.98, 0.005),
  LASTING(Aspect.SUSTAINED, 2.92, 0.005, 0.85, Persistence::weight),
  /** A distance has no centre: it is far or not. */
  SHAPE(Aspect.UNFAMILIAR_SHAPE, 2.18, 0, 0.65);

  static final Feature[] ALL = values();

  /** What people call it when this stands out. */
  final Aspect aspect;

  /** The surprise of one in 3,000 ordinary samples: surprises are compared in units of it. */
  final double rare;

  /** How fast its centre follows. */
  final double rate;

  /** Of two that stand out about as much, the plainer one is told. */
  final double plain;

  /** What it weighs, by the seconds between samples. */
  private final DoubleUnaryOperator weight;

  Feature(Aspect aspect, double rare, double rate) {
    this(aspect, rare, rate, 1);
  }

  Feature(Aspect aspect, double rare, double rate, double plain) {
    this(aspect, rare, rate, plain, _ -> 1);
  }

  Feature(Aspect aspect, double rare, double rate, double plain, DoubleUnaryOperator weight) {
    this.aspect = aspect;
    this.rare = rare;
    this.rate = rate;
    this.plain = plain;
    this.weight = weight;
  }

  double weight(double stepSeconds) {
    return weight.applyAsDouble(stepSeconds);
  }
}
