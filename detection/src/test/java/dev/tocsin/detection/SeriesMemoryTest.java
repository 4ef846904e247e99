// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.detection.anomaly.Detector;
import dev.tocsin.detection.anomaly.Judgement;
import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.sample.SeriesKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesMemoryTest {

  private static final int SAMPLES = 200;
  private static final int MOST = 2;

  @TempDir Path dir;
  private KeyValueStore<Bytes, byte[]> store;
  private KeyValueStore<Bytes, byte[]> other;

  @BeforeEach
  void openStores() {
    store = open("one");
    other = open("other");
  }

  @Test
  void seriesReadBeforeEachSample_isJudgedLikeTheOneAtHand() {
    SeriesMemory atHand = memory(store);
    List<Judgement> expected = judge(() -> atHand);
    List<Judgement> read = judge(() -> memory(other));
    assertThat(read).isEqualTo(expected);
    assertThat(expected).anyMatch(judgement -> judgement instanceof Judgement.Judged);
  }

  @Test
  void sampleThatWasNotKept_leavesItsSeriesAsItWas() {
    SeriesMemory memory = memory(store);
    SeriesMemory undisturbed = memory(other);
    IntStream.range(0, SAMPLES).forEach(i -> keep(memory, sample(i)));
    IntStream.range(0, SAMPLES).forEach(i -> keep(undisturbed, sample(i)));
    memory.judge(sampleOf(SAMPLES, 1e9));
    assertThat(keep(memory, sample(SAMPLES + 1))).isEqualTo(keep(undisturbed, sample(SAMPLES + 1)));
  }

  @Test
  void sampleWithoutANumber_isNotRemembered() {
    SeriesMemory memory = memory(store);
    keep(memory, sampleOf(0, Double.NaN));
    assertThat(store.all().hasNext()).isFalse();
  }

  @Test
  void seriesMoreThanMayBe_haveNoRoom() {
    SeriesMemory memory = memory(store);
    keep(memory, of("a"));
    assertThat(memory.hasRoomFor("b")).isTrue();
    keep(memory, of("b"));
    assertThat(memory.hasRoomFor("a")).isTrue();
    assertThat(memory.hasRoomFor("c")).isFalse();
    assertThat(memory(store).hasRoomFor("c")).isFalse();
  }

  @Test
  void seriesOfWhichNothingWasHeardForThirtyDays_isForgotten() {
    SeriesMemory memory = memory(store);
    keep(memory, of("a"));
    IntStream.range(0, SAMPLES).forEach(i -> keep(memory, sample(i)));
    Instant heard = sample(SAMPLES - 1).at();
    memory.forget(heard.plus(Duration.ofDays(29)));
    assertThat(memory.hasRoomFor("c")).isFalse();
    memory.forget(heard.plus(Duration.ofDays(32)));
    memory.forget(heard.plus(Duration.ofDays(32)));
    assertThat(store.all().hasNext()).isFalse();
    assertThat(memory.hasRoomFor("c")).isTrue();
  }

  /** With a spike, a gap, a late one and one that came twice. */
  private static List<Judgement> judge(Supplier<SeriesMemory> memory) {
    List<Judgement> judgements = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      judgements.add(keep(memory.get(), sample(i)));
    }
    judgements.add(keep(memory.get(), sampleOf(SAMPLES, 700)));
    judgements.add(keep(memory.get(), sampleOf(SAMPLES, 700)));
    judgements.add(keep(memory.get(), sample(17)));
    judgements.add(keep(memory.get(), sample(3 * SAMPLES)));
    return judgements;
  }

  private static Judgement keep(SeriesMemory memory, Sample sample) {
    SeriesMemory.Judged judged = memory.judge(sample);
    memory.keep(judged, sample.at());
    return judged.judgement();
  }

  private static Sample of(String series) {
    return sampleOf(series, 0, 1);
  }

  private static Sample sample(int minute) {
    return sampleOf(minute, 10 + minute % 7);
  }

  private static Sample sampleOf(int minute, double value) {
    return sampleOf("s", minute, value);
  }

  private static Sample sampleOf(String series, int minute, double value) {
    Instant at = Instant.ofEpochSecond(1_760_000_000L + 60L * minute);
    return new Sample(
        series, "errors", Map.of(), at, value, "prometheus", null, SeriesKind.GAUGE, null);
  }

  private static SeriesMemory memory(KeyValueStore<Bytes, byte[]> store) {
    return new SeriesMemory(store, new Detector(Detector.ORDINARY), MOST);
  }

  private KeyValueStore<Bytes, byte[]> open(String name) {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "series");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    MockProcessorContext<Void, Void> context =
        new MockProcessorContext<>(config, new TaskId(0, 0), dir.resolve(name).toFile());
    KeyValueStore<Bytes, byte[]> opened =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    opened.init(context.getStateStoreContext(), opened);
    return opened;
  }
}
