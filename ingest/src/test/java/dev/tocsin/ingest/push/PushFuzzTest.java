// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tocsin.ingest.body.BodyReader;
import dev.tocsin.ingest.body.LimitSettings;
import dev.tocsin.ingest.refusal.Refusal;
import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.sample.SeriesKind;
import dev.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/**
 * Whatever is pushed is read or refused, every sample is counted once, and what is taken can be
 * written. {@code JAZZER_FUZZ=1 mvn test -pl ingest -Dtest=PushFuzzTest#body} looks for more than
 * the inputs beside it.
 */
class PushFuzzTest {

  private static final PushSettings SETTINGS =
      new PushSettings(
          List.of(
              new PushedSeries(
                  null,
                  "{__name__=~\".+\"}",
                  Duration.ofSeconds(30),
                  SeriesKind.GAUGE,
                  Map.of(),
                  Map.of("service", "job"),
                  null)),
          100,
          DataSize.ofMegabytes(1),
          DataSize.ofMegabytes(4),
          50_000);

  private final BatchReader reader =
      new BatchReader(SETTINGS, new BodyReader(LimitSettings.DEFAULT));

  /** What is inside, so that an input need not be packed first. */
  @FuzzTest(maxDuration = "2m")
  void body(byte[] body) {
    read(Pushes.snappy(body));
  }

  @FuzzTest(maxDuration = "2m")
  void packed(byte[] body) {
    read(body);
  }

  private void read(byte[] sent) {
    for (Protocol protocol : Protocol.values()) {
      Batch batch;
      try {
        batch = reader.read(protocol, sent);
      } catch (Refusal answer) {
        assertThat(answer.getMessage()).isNotBlank();
        continue;
      }
      check(batch);
    }
  }

  private static void check(Batch batch) {
    Picked picked =
        new SampleChoice(SETTINGS).choose("fuzz", batch, Instant.parse("2026-11-22T10:05:00Z"));
    int parts = batch.metadata();
    for (Batch.Series series : batch.series()) {
      int samples = series.points().size();
      parts += series.histograms() + series.exemplars();
      parts += series.fault() == null ? samples : Math.max(1, samples);
    }
    assertThat(picked.counts().values().stream().mapToInt(i -> i).sum()).isEqualTo(parts);
    for (Sample sample : picked.samples()) {
      byte[] written = Topics.SAMPLES.valueSerde().serializer().serialize("any", sample);
      assertThat(Topics.SAMPLES.valueSerde().deserializer().deserialize("any", written))
          .isEqualTo(sample);
    }
  }
}
