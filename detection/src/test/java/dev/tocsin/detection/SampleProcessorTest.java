// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.sample.Sample;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleProcessorTest {

  private static final int MINUTES = 300;

  @TempDir Path dir;
  private MockProcessorContext<Object, Object> context;
  private Processor<String, Sample, Object, Object> processor;

  @BeforeEach
  void open() {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "samples");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    context = new MockProcessorContext<>(config, new TaskId(0, 0), dir.toFile());
    KeyValueStore<Bytes, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("series"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
    processor =
        SampleProcessor.supplier(
                DetectionSettings.standard(), new DetectionMetrics(new SimpleMeterRegistry()))
            .get();
    processor.init(context);
    for (int minute = 0; minute < MINUTES; minute++) {
      judge(minute, 10 + minute % 7);
    }
  }

  @Test
  void ordinarySample_isCommittedWithTheInterval() {
    judge(MINUTES, 11);
    timePasses();
    assertThat(context.forwarded()).isEmpty();
    assertThat(context.committed()).isFalse();
  }

  @Test
  void anomaly_isCommittedSoon() {
    judge(MINUTES, 500);
    timePasses();
    assertThat(context.forwarded()).hasSize(1);
    assertThat(context.committed()).isTrue();
  }

  @Test
  void sampleThatIsSetAside_isCommittedSoon() {
    processor.process(
        new Record<>("s", new Sample("s", "errors", null, null, 1, "x", null, null, null), 0));
    timePasses();
    assertThat(context.forwarded()).hasSize(1);
    assertThat(context.committed()).isTrue();
  }

  private void judge(int minute, double value) {
    Instant at = Instant.ofEpochSecond(1_760_000_000L + 60L * minute);
    Sample sample = new Sample("s", "errors", Map.of(), at, value, "prometheus", null, null, null);
    processor.process(new Record<>("s", sample, at.toEpochMilli()));
  }

  private void timePasses() {
    context.scheduledPunctuators().forEach(due -> due.getPunctuator().punctuate(0));
  }
}
