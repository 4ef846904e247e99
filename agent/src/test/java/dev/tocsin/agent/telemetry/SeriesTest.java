// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.agent.telemetry.Series.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0,             0",
    "-0.0,          0",
    "7,             7",
    "-7,            -7",
    "1000000000,    1000000000",
    "1e12,          1.00e+12",
    "0.1,           0.1",
    "97.25,         97.25",
    "3.14159,       3.142",
    "1234567.8,     1235000",
    "12345678.9,    1.23e+07",
    "0.001,         0.001",
    "0.00099,       0.000990",
    "Infinity,      Infinity",
    "-Infinity,     -Infinity"
  })
  void number_hasFourDigits_andNoExponentWherePeopleNeedNone(double value, String expected) {
    assertThat(Series.number(value)).isEqualTo(expected);
  }

  @Test
  void line_tellsWhereItWasAndIs_andItsShape() {
    assertThat(series(1, 2, Double.NaN, 8).describe(NOON.plusSeconds(90)))
        .isEqualTo(
            "pool{a=\"1\", b=\"2\"}: 1 at first, 2 at 2026-11-22T12:01:00Z, 8 last;"
                + " from 1 to 8  ▁▂█");
  }

  @ParameterizedTest
  @CsvSource({
    // seconds after noon; the value there: the last by then, or the first of all
    "-60, 1",
    "0, 1",
    "59, 1",
    "60, 2",
    "119, 2",
    "120, 3",
    "9999, 3"
  })
  void valueAtATime_isTheLastByThen(long seconds, String value) {
    assertThat(series(1, 2, 3).describe(NOON.plusSeconds(seconds)))
        .contains(" at first, " + value + " at 2026");
  }

  @Test
  void shape_isNoWiderThanALine_andFlatWhereThereIsNothingToSee() {
    double[] climbing = IntStream.range(0, 240).asDoubleStream().toArray();

    assertThat(series(climbing).describe(NOON)).endsWith("to 239  ▁▁▂▂▂▂▃▃▃▄▄▄▅▅▅▅▆▆▆▇▇▇▇█");
    assertThat(series(5, 5, 5).describe(NOON)).endsWith("  ▁▁▁");
    assertThat(series(1, Double.POSITIVE_INFINITY).describe(NOON)).endsWith("  ▁▁");
  }

  @Test
  void seriesWithoutNumbers_saysSo() {
    assertThat(series().describe(NOON)).isEqualTo("pool{a=\"1\", b=\"2\"}: no numbers");
    assertThat(series(Double.NaN).describe(NOON)).endsWith(": no numbers");
    assertThat(new Series(Map.of(), List.of()).name()).isEqualTo("{}");
  }

  /** A sample each minute from noon. */
  private static Series series(double... values) {
    List<Sample> samples =
        IntStream.range(0, values.length)
            .mapToObj(i -> new Sample(NOON.plusSeconds(60L * i), values[i]))
            .toList();
    return new Series(Map.of("__name__", "pool", "b", "2", "a", "1"), samples);
  }
}
