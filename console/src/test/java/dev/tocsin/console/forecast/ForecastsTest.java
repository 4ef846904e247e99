// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.forecast;

import static dev.tocsin.console.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.console.view.Folding;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.schemas.forecast.Forecast;
import dev.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastsTest {

  private static final PageRequest ALL = PageRequest.of(null, 10);

  @TempDir Path directory;

  @Test
  void soonestExhaustion_isFirst_andAResourceThatIsGone_isNotListed() {
    try (Folding view = new Folding(directory, Forecasts.folds())) {
      view.read(Topics.FORECASTS, forecast("later", 9));
      view.read(Topics.FORECASTS, forecast("soon", 3));
      Forecasts forecasts = new Forecasts(view.rows());
      assertThat(forecasts.page(null, ALL).items())
          .extracting(Forecast::series)
          .containsExactly("soon", "later");

      view.remove(Topics.FORECASTS, "soon");
      view.remove(Topics.FORECASTS, "never heard of");
      assertThat(forecasts.page(null, ALL).items())
          .extracting(Forecast::series)
          .containsExactly("later");
      assertThat(forecasts.page(Forecast.Status.EXPECTED, ALL).items()).hasSize(1);
    }
  }

  private static Forecast forecast(String series, double day) {
    return new Forecast(
        series,
        "disk",
        Map.of(),
        NOON,
        70,
        100,
        Forecast.Status.EXPECTED,
        1.0,
        1.0,
        day,
        day - 1,
        day + 1,
        0.1,
        0.9,
        1.0,
        "group",
        "words");
  }
}
