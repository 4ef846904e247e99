// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.ingest.push.Batch.Point;
import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.sample.SeriesKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class SampleChoiceTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:05:00Z");
  private static final long AT = NOW.toEpochMilli();

  private final SampleChoice choice =
      choice(
          100,
          watched("Errors", "errors_total{job=\"shop\"}", SeriesKind.COUNTER),
          watched(null, "queue_length", SeriesKind.GAUGE));

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # seconds from now, value, the last one before, outcome
          0,        1,                   ,      WRITTEN
          0,        -1e300,              ,      WRITTEN
          -2592000, 1,                   ,      WRITTEN
          -2592001, 1,                   ,      INVALID
          600,      1,                   ,      WRITTEN
          601,      1,                   ,      INVALID
          0,        NaN,                 ,      NOT_FINITE
          0,        Infinity,            ,      NOT_FINITE
          0,        -Infinity,           ,      NOT_FINITE
          0,        1,                   0,     DUPLICATE
          -1,       1,                   0,     LATE
          29,       1,                   0,     THINNED
          30,       1,                   0,     WRITTEN
          0,        1,                   -1,    WRITTEN
          0,        NaN,                 0,     NOT_FINITE
          """)
  void sample_isTakenOrNot(long seconds, double value, @Nullable Long last, PushOutcome outcome) {
    long before = last == null ? Long.MIN_VALUE : AT + last * 1_000;

    assertThat(
            SampleChoice.outcome(
                new Point(AT + seconds * 1_000, value), before, Duration.ofSeconds(30), NOW))
        .isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "-62135596800000, INVALID",
    "253402300799000, INVALID",
    "-9223372036854775808, INVALID",
    "9223372036854775807, INVALID"
  })
  void timeThatCannotBe_isInvalid(long millis, PushOutcome outcome) {
    assertThat(
            SampleChoice.outcome(new Point(millis, 1), Long.MIN_VALUE, Duration.ofSeconds(30), NOW))
        .isEqualTo(outcome);
  }

  @Test
  void staleMarker_isKnownByItsBits_whateverItsTime() {
    Point stale = new Point(Long.MAX_VALUE, Pushes.STALE);

    assertThat(SampleChoice.outcome(stale, 0, Duration.ofSeconds(30), NOW))
        .isEqualTo(PushOutcome.STALE);
  }

  @Test
  void watchedSample_hasTheWordsOfItsSelector() {
    Picked picked =
        choice.choose("prometheus", batch(series(1, "errors_total", "job", "shop")), NOW);

    assertThat(picked.samples())
        .containsExactly(
            new Sample(
                "push/prometheus/errors_total{job=\"shop\",service=\"shop\",team=\"web\"}",
                "Errors",
                Map.of("job", "shop", "service", "shop", "team", "web"),
                NOW,
                1,
                "push/prometheus",
                null,
                SeriesKind.COUNTER,
                null));
    assertThat(picked.faults()).isEmpty();
    assertThat(picked.asMeant()).isEqualTo(1);
  }

  @Test
  void seriesWithoutASelector_isLeftOut_andItsSenderNeedNotWorry() {
    Picked picked =
        choice.choose(
            "prometheus",
            batch(series(1, "errors_total", "job", "till"), series(1, "memory", "job", "shop")),
            NOW);

    assertThat(picked.samples()).isEmpty();
    assertThat(picked.counts()).isEqualTo(Map.of(PushOutcome.UNWATCHED, 2));
    assertThat(picked.asMeant()).isEqualTo(2);
    assertThat(choice.room()).containsEntry("series", 0);
  }

  @Test
  void nameThatIsNotGiven_isTheMetrics() {
    Picked picked = choice.choose("a", batch(series(1, "queue_length", "service", "own")), NOW);

    assertThat(picked.samples().getFirst().name()).isEqualTo("queue_length");
    assertThat(picked.samples().getFirst().kind()).as("a gauge").isNull();
    assertThat(picked.samples().getFirst().labels())
        .as("its own labels come before those given here")
        .containsEntry("service", "own");
  }

  @Test
  void whatWasNotWritten_isTakenAgain_andWhatWasIsNot() {
    Batch batch = batch(series(1, "queue_length"));

    choice.choose("a", batch, NOW);
    Picked again = choice.choose("a", batch, NOW);
    again.written();
    Picked third = choice.choose("a", batch, NOW);

    assertThat(again.samples()).hasSize(1);
    assertThat(third.counts()).isEqualTo(Map.of(PushOutcome.DUPLICATE, 1));
    assertThat(choice.choose("b", batch, NOW).samples())
        .as("another Prometheus has other series")
        .hasSize(1);
  }

  @Test
  void seriesOverTheBound_areCounted_untilOthersAreNotHeardOf() {
    SampleChoice narrow = choice(2, watched(null, "{job=\"shop\"}", SeriesKind.GAUGE));
    Batch million =
        batch(
            IntStream.range(0, 1_000)
                .mapToObj(i -> series(1, "m" + i, "job", "shop"))
                .toArray(Batch.Series[]::new));

    Picked picked = narrow.choose("a", million, NOW);

    assertThat(picked.counts()).isEqualTo(Map.of(PushOutcome.WRITTEN, 2, PushOutcome.NO_ROOM, 998));
    assertThat(picked.asMeant()).isEqualTo(2);
    assertThat(narrow.room()).isEqualTo(Map.of("series", 2, "most", 2));
    Instant later = NOW.plus(KnownSeries.REMEMBERED).plusMillis(1);
    assertThat(
            narrow
                .choose(
                    "a",
                    batch(
                        new Batch.Series(
                            new TreeMap<>(Map.of("__name__", "new", "job", "shop")),
                            null,
                            List.of(new Point(later.toEpochMilli(), 1)),
                            0,
                            0)),
                    later)
                .samples())
        .hasSize(1);
    assertThat(narrow.room()).containsEntry("series", 2);
  }

  @Test
  void whatIsWrong_isToldWithItsSeries_andTheRestIsTaken() {
    Batch.Series wrong =
        new Batch.Series(Map.of("job", "shop"), "it has no label __name__", points(2), 1, 1);

    Picked picked = choice.choose("a", batch(wrong, series(1, "queue_length")), NOW);

    assertThat(picked.counts())
        .isEqualTo(
            Map.of(
                PushOutcome.INVALID, 2,
                PushOutcome.WRITTEN, 1,
                PushOutcome.HISTOGRAM, 1,
                PushOutcome.EXEMPLAR, 1));
    assertThat(picked.faults()).containsExactly("the series {job=shop}: it has no label __name__");
    assertThat(picked.asMeant()).isEqualTo(1);
  }

  @Test
  void faultsOfAWholeBatch_areFewWords() {
    Batch.Series wrong = new Batch.Series(Map.of("a", "v".repeat(2_000)), "no", points(1), 0, 0);
    Batch.Series[] many = new Batch.Series[1_000];
    Arrays.fill(many, wrong);

    Picked picked = choice.choose("a", batch(many), NOW);

    assertThat(picked.counts()).isEqualTo(Map.of(PushOutcome.INVALID, 1_000));
    assertThat(String.join("", picked.faults())).hasSizeLessThan(2_000);
  }

  @Test
  void selectorThatCannotBeRead_stopsTheStart() {
    assertThatThrownBy(() -> choice(1, watched(null, "rate(x[5m])", SeriesKind.GAUGE)))
        .hasMessageContaining("rate(x[5m])");
    assertThatThrownBy(() -> watched(null, " ", SeriesKind.GAUGE))
        .hasMessageContaining("should have a selector");
    assertThatThrownBy(
            () ->
                new PushedSeries(
                    null, "x", Duration.ofMillis(9), SeriesKind.GAUGE, Map.of(), Map.of(), null))
        .hasMessageContaining("interval should be 1s or more");
    assertThatThrownBy(
            () ->
                new PushedSeries(
                    null, "x", Duration.ofSeconds(9), SeriesKind.COUNTER, Map.of(), Map.of(), 1.0))
        .hasMessageContaining("limit should be");
  }

  private static SampleChoice choice(int most, PushedSeries... series) {
    return new SampleChoice(
        new PushSettings(
            List.of(series), most, DataSize.ofMegabytes(1), DataSize.ofMegabytes(4), 50_000));
  }

  private static PushedSeries watched(@Nullable String name, String selector, SeriesKind kind) {
    return new PushedSeries(
        name,
        selector,
        Duration.ofSeconds(30),
        kind,
        Map.of("team", "web"),
        Map.of("service", "job"),
        null);
  }

  private static Batch batch(Batch.Series... series) {
    return new Batch(List.of(series), 0);
  }

  private static Batch.Series series(int points, String metric, String... labels) {
    Map<String, String> all = new TreeMap<>(Map.of("__name__", metric));
    for (int i = 0; i < labels.length; i += 2) {
      all.put(labels[i], labels[i + 1]);
    }
    return new Batch.Series(all, null, points(points), 0, 0);
  }

  private static List<Point> points(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Point(AT + i, 1)).toList();
  }
}
