// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.anomaly.Anomaly;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovementsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final String CHECKOUT = "1/checkout";

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # its group, seconds later, deviation, words
          1/checkout, 0,     9, 'errors (up, in the same minute)'
          1/checkout, 120,  -9, 'errors (down, 2 min before)'
          1/checkout, -120,  9, 'errors (up, 2 min after)'
          1/checkout, 600,   9, 'errors (up, 10 min before)'
          1/checkout, 601,   9,
          1/checkout, -601,  9,
          1/other,    0,     9,
          """)
  void otherSeries_isNamedWhenItMovedNearby(
      String group, long seconds, double deviation, @Nullable String words) {
    Movements errors = Movements.NONE.and(moved(CHECKOUT, "errors", 0, deviation));

    Anomaly told = errors.told(moved(group, "latency", seconds, 5));

    if (words == null) {
      assertThat(told).isEqualTo(moved(group, "latency", seconds, 5));
    } else {
      assertThat(told.explanation())
          .isEqualTo("latency is off; of the same service also moved: " + words);
      assertThat(told.alongside())
          .containsExactly(new Anomaly.Alongside("errors{}", "errors", NOW, deviation));
    }
  }

  @Test
  void seriesItself_isNotBesideItself() {
    Anomaly latency = moved(CHECKOUT, "latency", 0, 5);

    assertThat(Movements.NONE.and(latency).told(moved(CHECKOUT, "latency", 60, 5)).alongside())
        .isNull();
    assertThat(Movements.NONE.and(latency).and(latency).latest()).hasSize(1);
  }

  @Test
  void manyOthers_areTheNearestFive_andANumber() {
    Movements many = Movements.NONE;
    for (int i = 0; i < 9; i++) {
      many = many.and(moved(CHECKOUT, "m" + i, -60L * i, 1));
    }

    Anomaly told = many.told(moved(CHECKOUT, "latency", 0, 5));

    assertThat(told.explanation()).contains("m0 (up").contains("m4 (up").doesNotContain("m5 (up");
    assertThat(told.explanation()).endsWith("and 4 more");
    assertThat(told.alongside()).hasSize(9);
  }

  @Test
  void memory_isBounded_andForgetsWhatIsOver() {
    Movements many =
        IntStream.range(0, 1_000)
            .mapToObj(i -> moved("1/s" + i, "m" + i, i, 1))
            .reduce(Movements.NONE, Movements::and, (a, b) -> b);

    assertThat(many.latest()).hasSize(Movements.MOST);
    assertThat(many.and(moved(CHECKOUT, "latency", 86_400, 1)).latest()).hasSize(1);
    assertThat(
            IntStream.range(0, 100_000)
                .mapToObj(i -> Movements.place("1/s" + i))
                .distinct()
                .count())
        .isLessThanOrEqualTo(1_024);
  }

  @Test
  void onlyMetricsThatLeaveTheirBand_move() {
    Anomaly back = with(Anomaly.Status.BACK, Anomaly.Aspect.LEVEL, Anomaly.Kind.METRIC);
    Anomaly storm = with(Anomaly.Status.OFF_BAND, null, Anomaly.Kind.STORM);
    Anomaly limit = with(Anomaly.Status.OFF_BAND, Anomaly.Aspect.EXHAUSTION, Anomaly.Kind.METRIC);
    Movements errors = Movements.NONE.and(moved(CHECKOUT, "errors", 0, 1));

    for (Anomaly other : new Anomaly[] {back, storm, limit}) {
      assertThat(errors.told(other)).isEqualTo(other);
      assertThat(errors.and(other)).isEqualTo(errors);
    }
  }

  private static Anomaly with(
      Anomaly.Status status, Anomaly.@Nullable Aspect aspect, Anomaly.Kind kind) {
    return anomaly(CHECKOUT, "latency", NOW, 5, status, aspect, kind);
  }

  private static Anomaly moved(String group, String name, long seconds, double deviation) {
    return anomaly(
        group,
        name,
        NOW.plusSeconds(seconds),
        deviation,
        Anomaly.Status.OFF_BAND,
        Anomaly.Aspect.LEVEL,
        Anomaly.Kind.METRIC);
  }

  private static Anomaly anomaly(
      String group,
      String name,
      Instant at,
      double deviation,
      Anomaly.Status status,
      Anomaly.@Nullable Aspect aspect,
      Anomaly.Kind kind) {
    return new Anomaly(
        "ano_" + name,
        name + "{}",
        name,
        Map.of(),
        status,
        Severity.WARNING,
        at,
        at,
        9,
        1,
        .5,
        1.5,
        deviation,
        .9,
        group,
        Map.of(),
        name + " is off",
        aspect,
        4.0,
        null,
        true,
        kind,
        null);
  }
}
