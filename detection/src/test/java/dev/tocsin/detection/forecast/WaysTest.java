// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WaysTest {

  private static final int DAYS = 120;

  /** A course, the ways that are like it, and where it is in 30 days. */
  private enum Course {
    LINE(d -> 20 + 0.5 * d, way -> way.pace().equals(new Pace.Growing(0)), 94.5),
    TURN(d -> 20 + 0.2 * d + Math.max(0, d - 70), way -> way.free() > 2, 127.8),
    COMPOUND(d -> 20 * Math.exp(0.01 * d), way -> way.pace() instanceof Pace.Growing, 88.7),
    SLOWING(d -> 6 * Math.sqrt(d + 5), way -> way.pace() instanceof Pace.Slowing, 74.5),
    /** Its moves add up. */
    WALK(d -> 20 + 0.3 * d + walked(d), way -> !way.drift().equals(Drift.NONE), Double.NaN);

    private final IntToDoubleFunction level;
    private final Predicate<Way> isLikeIt;
    private final double later;

    Course(IntToDoubleFunction level, Predicate<Way> isLikeIt, double later) {
      this.level = level;
      this.isLikeIt = isLikeIt;
      this.later = later;
    }
  }

  @ParameterizedTest
  @EnumSource(Course.class)
  void course_isFoundAmongTheWays(Course course) {
    Ways ways = Ways.of(days(course.level));
    double chance = 0;
    for (int i = 0; i < ways.chance().length; i++) {
      chance += course.isLikeIt.test(ways.all().get(i)) ? ways.chance()[i] : 0;
    }
    assertThat(chance).isGreaterThan(0.5);
    if (!Double.isNaN(course.later)) {
      assertThat(ways.in(30)).isCloseTo(course.later, within(4.0));
    }
  }

  @Test
  void whatWalks_isLessSure_thanALine() {
    Ways.Told line = Ways.of(days(Course.LINE.level)).told(30);
    Ways.Told walk = Ways.of(days(Course.WALK.level)).told(30);
    assertThat(walk.variance()).isGreaterThan(4 * line.variance());
  }

  @Test
  void chances_sumUp_andWhatIsConstantIsSure() {
    Ways ways = Ways.of(new double[40]);
    assertThat(Arrays.stream(ways.chance()).sum()).isCloseTo(1, within(1e-9));
    assertThat(ways.in(90)).isZero();
  }

  private static double[] days(IntToDoubleFunction level) {
    double[] days = new double[DAYS];
    Arrays.setAll(days, d -> level.applyAsDouble(d) + 0.7 * new Random(31L * d).nextGaussian());
    return days;
  }

  private static double walked(int day) {
    Random random = new Random(8);
    double walked = 0;
    for (int d = 0; d < day; d++) {
      walked += random.nextGaussian();
    }
    return walked;
  }
}
