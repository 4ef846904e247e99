// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.topic;

import dev.tocsin.schemas.forecast.Forecast;
import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.sample.SeriesKind;
import java.util.List;
import java.util.Map;

/** Samples with and without everything; forecasts, of which one still learns. */
final class SeriesSpecimens {

  private static final Forecast FORECAST =
      new Forecast(
          "disk{host=a}",
          "disk",
          Map.of("host", "a"),
          Specimens.AT,
          0.91,
          1,
          Forecast.Status.EXPECTED,
          0.006,
          0.02,
          12.2,
          8.1,
          18.7,
          0.01,
          0.71,
          0.99,
          "org=1,service=db",
          "exhaustion in 12 d (80 %: 8-19 d)");
  private static final Forecast LEARNING =
      new Forecast(
          "disk",
          "disk",
          Map.of(),
          Specimens.AT,
          0.2,
          1,
          Forecast.Status.LEARNING,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          "series/disk",
          "learning, day 3 of 14");

  private SeriesSpecimens() {}

  static List<Forecast> forecasts() {
    return List.of(FORECAST, LEARNING);
  }

  static List<Sample> samples() {
    return List.of(
        new Sample(
            "s{a=b}",
            "s",
            Map.of("a", "b"),
            Specimens.AT,
            -0.1,
            "prometheus",
            null,
            SeriesKind.RATIO,
            1.0),
        new Sample(
            "s",
            "s",
            Map.of(),
            Specimens.AT,
            Double.NaN,
            "alert/grafana",
            "org=1,service=s",
            null,
            null));
  }
}
