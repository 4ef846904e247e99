// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.anomaly;

import static dev.tocsin.console.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.console.Samples;
import dev.tocsin.console.view.Folding;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnomaliesTest {

  private static final Anomaly OFF = Samples.anomaly("ano_1", NOON, Anomaly.Status.OFF_BAND);

  @TempDir Path directory;

  @Test
  void anomaly_isListedByKindAndStatus() {
    try (Folding view = new Folding(directory, Anomalies.folds())) {
      view.read(Topics.ANOMALIES, OFF);
      Anomalies anomalies = new Anomalies(view.rows());
      PageRequest request = PageRequest.of(null, 10);
      assertThat(anomalies.page(null, Anomaly.Kind.METRIC, request).items()).hasSize(1);
      assertThat(anomalies.page(null, Anomaly.Kind.STORM, request).items()).isEmpty();
      view.read(Topics.ANOMALIES, Samples.anomaly("ano_1", NOON, Anomaly.Status.BACK));
      assertThat(anomalies.page(Anomaly.Status.OFF_BAND, Anomaly.Kind.METRIC, request).items())
          .isEmpty();
      assertThat(anomalies.page(Anomaly.Status.BACK, null, request).items()).hasSize(1);
    }
  }

  @ParameterizedTest(name = "{0} min after: {1}")
  @CsvSource({"-11, 0", "-10, 1", "0, 1", "10, 1", "11, 0"})
  void anomaly_isToldWithTheSeriesThatMovedWithinTenMinutes(int minutes, int found) {
    try (Folding view = new Folding(directory, Anomalies.folds())) {
      view.read(Topics.ANOMALIES, OFF);
      view.read(Topics.ANOMALIES, errors(NOON.plus(Duration.ofMinutes(minutes))));
      Anomalies anomalies = new Anomalies(view.rows());

      for (Anomaly one : anomalies.page(null, null, PageRequest.of(null, 10)).items()) {
        String other = one.series().equals("errors") ? OFF.series() : "errors";
        assertThat(one.alongside() == null ? List.<Anomaly.Alongside>of() : one.alongside())
            .extracting(Anomaly.Alongside::series)
            .isEqualTo(found == 0 ? List.of() : List.of(other));
      }
    }
  }

  private static Anomaly errors(Instant at) {
    Anomaly like = Samples.anomaly("ano_2", at, Anomaly.Status.OFF_BAND);
    return new Anomaly(
        like.id(),
        "errors",
        "errors",
        like.labels(),
        like.status(),
        like.severity(),
        at,
        at,
        like.value(),
        like.expected(),
        like.low(),
        like.high(),
        like.deviation(),
        like.score(),
        like.group(),
        like.groupLabels(),
        like.explanation(),
        like.aspect(),
        like.surprise(),
        null,
        true,
        like.kind(),
        null);
  }

  @ParameterizedTest(name = "{0}, asked {1} min after: {2}")
  @CsvSource({
    "OFF_BAND, -11, 0",
    "OFF_BAND, -9, 1",
    "OFF_BAND, 1000, 1",
    "OFF_BAND, 1500, 0",
    "BACK, 9, 1",
    "BACK, 11, 0",
  })
  void anomaly_isAroundWhileItLastsAndTenMinutesMore(
      Anomaly.Status status, int minutes, int found) {
    try (Folding view = new Folding(directory, Anomalies.folds())) {
      view.read(Topics.ANOMALIES, Samples.anomaly("ano_1", NOON, status));
      Anomalies anomalies = new Anomalies(view.rows());
      assertThat(anomalies.around(OFF.group(), NOON.plus(Duration.ofMinutes(minutes))))
          .hasSize(found);
      assertThat(anomalies.around("another", NOON)).isEmpty();
    }
  }
}
