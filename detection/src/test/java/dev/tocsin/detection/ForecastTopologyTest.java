// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.detection.incident.SampleAlerts;
import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.forecast.Forecast;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Series with a limit are forecast once a day, and an exhaustion that is likely is an incident. */
class ForecastTopologyTest {

  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path state;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Instant now = SampleAlerts.T0;
  private TopologyTestDriver driver;

  @BeforeEach
  void start() {
    driver =
        Driven.by(
            DetectionTopology.build(
                SmallSettings.of(DetectionSettings.standard(), 2), 1, new DetectionMetrics(meters)),
            state,
            now);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void resourceThatFills_isForecastEachDay_andOpensAnIncidentThatGetsWorse() {
    for (int day = 0; day < 61; day++) {
      send(20 + day + day % 3, 80.0);
      pass(DAY);
    }
    List<Forecast> forecasts = read(Topics.FORECASTS);
    assertThat(forecasts).hasSize(60);
    assertThat(forecasts.getFirst().explanation()).isEqualTo("learning, day 1 of 14");
    assertThat(forecasts).filteredOn(f -> f.status() == Forecast.Status.LIKELY).hasSize(1);
    assertThat(forecasts.getLast().status()).isEqualTo(Forecast.Status.IMMINENT);
    assertThat(forecasts.getLast().limit()).isEqualTo(80);
    List<Anomaly> anomalies =
        read(Topics.ANOMALIES).stream()
            .filter(a -> a.aspect() == Anomaly.Aspect.EXHAUSTION)
            .toList();
    assertThat(anomalies)
        .extracting(Anomaly::severity)
        .containsExactly(Severity.WARNING, Severity.CRITICAL);
    assertThat(anomalies).extracting(Anomaly::id).containsOnly(anomalies.getFirst().id());
    assertThat(meters.counter("tocsin.forecasts.made", "status", "learning").count()).isEqualTo(13);
  }

  @Test
  void resourceThatIsEmptied_endsItsIncident() {
    for (int day = 0; day < 75; day++) {
      send(day < 60 ? 20 + day : 20, 90.0);
      pass(DAY);
    }
    List<IncidentEvent> events = read(Topics.INCIDENTS);
    assertThat(events)
        .filteredOn(IncidentEvent.Opened.class::isInstance)
        .extracting(e -> ((IncidentEvent.Opened) e).title())
        .containsExactly("disk will be exhausted");
    assertThat(events).extracting(IncidentEvent::type).contains("resolved");
  }

  @Test
  void resourceNearlyFull_isToldWithinTheHour() {
    for (int quarter = 0; quarter < 8; quarter++) {
      send(0.84 + 0.01 * quarter, 1.0);
      pass(Duration.ofMinutes(15));
    }
    assertThat(read(Topics.ANOMALIES))
        .singleElement()
        .satisfies(
            a -> {
              assertThat(a.aspect()).isEqualTo(Anomaly.Aspect.SATURATION);
              assertThat(a.explanation()).contains("it is exhausted in 3.");
            });
  }

  @Test
  void resourceThatIsGone_isForgotten_andWhatIsToldOfItIsOver() {
    for (int day = 0; day < 61; day++) {
      send(20 + day, 80.0);
      pass(DAY);
    }
    pass(Duration.ofDays(29));
    assertThat(forecastsByKey()).extracting(f -> f.value).doesNotContainNull();
    pass(Duration.ofDays(2));
    assertThat(forecastsByKey())
        .singleElement()
        .satisfies(
            gone -> {
              assertThat(gone.key).isEqualTo("disk{}");
              assertThat(gone.value).as("a tombstone").isNull();
            });
    assertThat(read(Topics.INCIDENTS)).extracting(IncidentEvent::type).contains("resolved");
    send(20, 80.0);
    pass(DAY);
    send(21, 80.0);
    pass(DAY);
    assertThat(read(Topics.FORECASTS))
        .extracting(Forecast::explanation)
        .containsExactly("learning, day 1 of 14");
  }

  @Test
  void resourceWithinItsLimit_isKept_whileItIsHeardOf() {
    for (int day = 0; day < 70; day++) {
      send(20, 80.0);
      pass(DAY);
    }
    assertThat(read(Topics.FORECASTS)).hasSize(69).doesNotContainNull();
  }

  @Test
  void resourcesBeyondAsManyAsAreKept_areCounted_andNotForecast() {
    for (int day = 0; day < 3; day++) {
      for (String series : List.of("one", "two", "three")) {
        send(series, 20, 80.0);
      }
      pass(DAY);
    }
    assertThat(read(Topics.FORECASTS)).extracting(Forecast::series).containsOnly("one", "two");
    assertThat(meters.counter("tocsin.forecasts.skipped", "reason", "no_room").count())
        .isEqualTo(3);
  }

  @Test
  void samplesOfSeriesBeyondAsManyAsAreKept_areCounted_andKnownOnesGoOn() {
    for (int series = 0; series < 1_000; series++) {
      send("s" + series, 20, null);
    }
    assertThat(samplesWithoutRoom()).isEqualTo(998);
    now = now.plusSeconds(60);
    send("s0", 20, null);
    send("s1", 20, null);
    assertThat(samplesWithoutRoom()).isEqualTo(998);
    send("s2", 20, null);
    assertThat(samplesWithoutRoom()).isEqualTo(999);
  }

  private double samplesWithoutRoom() {
    return meters.counter("tocsin.samples.skipped", "reason", "no_room").count();
  }

  @Test
  void seriesWithoutALimit_isNotForecast() {
    for (int day = 0; day < 3; day++) {
      send(day, null);
      pass(DAY);
    }
    assertThat(read(Topics.FORECASTS)).isEmpty();
  }

  @Test
  void forecastThatFails_isSetAside_andTheStreamGoesOn() {
    send(1, 80.0);
    pass(DAY);
    send(2, 80.0);
    new Shelf(driver.getKeyValueStore("forecasts"), "resource").put("disk{}", new byte[] {99});
    pass(DAY);
    pass(DAY);
    assertThat(
            driver
                .createOutputTopic(
                    Topics.deadLetters("detection"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer())
                .readRecordsToList())
        .hasSize(1);
    assertThat(read(Topics.FORECASTS)).isEmpty();
  }

  private void send(double value, @Nullable Double limit) {
    send("disk{}", value, limit);
  }

  private void send(String series, double value, @Nullable Double limit) {
    Map<String, String> labels = Map.of("service", "db");
    Sample sample = new Sample(series, "disk", labels, now, value, "prometheus", null, null, limit);
    Driven.in(driver, Topics.SAMPLES).pipeInput(series, sample, now);
  }

  private List<KeyValue<String, Forecast>> forecastsByKey() {
    return Driven.out(driver, Topics.FORECASTS).readKeyValuesToList();
  }

  private void pass(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  private <V> List<V> read(Topic<V> topic) {
    return Driven.out(driver, topic).readValuesToList();
  }
}
