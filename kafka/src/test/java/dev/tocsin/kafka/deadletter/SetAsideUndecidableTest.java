// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.kafka.streams.Nodes;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.deadletter.DeadLetterHeaders;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A topology that hands on what it can decide, and can decide nothing about Mallory. */
@ExtendWith(OutputCaptureExtension.class)
class SetAsideUndecidableTest {

  private static final Instant AT = Instant.parse("2026-03-01T03:04:05.678Z");
  private static final AuditEntry GOOD = by("admin");
  private static final AuditEntry BAD = by("mallory");

  @TempDir Path dir;

  private TopologyTestDriver driver;
  private TestInputTopic<String, AuditEntry> in;
  private TestOutputTopic<String, AuditEntry> out;
  private TestOutputTopic<byte[], byte[]> deadLetters;

  @BeforeEach
  void start() {
    Topology topology = new Topology();
    Nodes.source(topology, "entries", Topics.AUDIT);
    topology.addProcessor("decide", Decider::new, "entries");
    topology.addSink(
        "kept",
        "kept",
        Topics.AUDIT.keySerde().serializer(),
        Topics.AUDIT.valueSerde().serializer(),
        "decide");
    Nodes.deadLetters(topology, "dead-letters", "detection", "decide");
    Properties config = new Properties();
    config.put(StreamsConfig.STATE_DIR_CONFIG, dir.toString());
    driver = new TopologyTestDriver(topology, config, AT);
    in =
        driver.createInputTopic(
            Topics.AUDIT.name(),
            Topics.AUDIT.keySerde().serializer(),
            Topics.AUDIT.valueSerde().serializer());
    out =
        driver.createOutputTopic(
            "kept",
            Topics.AUDIT.keySerde().deserializer(),
            Topics.AUDIT.valueSerde().deserializer());
    deadLetters =
        driver.createOutputTopic(
            Topics.deadLetters("detection"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  @Tag("bad-input-62")
  void undecidable_isSetAside_whole_andTheStreamGoesOn() {
    pipe("admin", GOOD);
    pipe("mallory", BAD);
    pipe("admin", GOOD);
    assertThat(out.readValuesToList()).containsExactly(GOOD, GOOD);
    TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
    assertThat(letter.key()).isEqualTo("mallory".getBytes(UTF_8));
    assertThat(letter.value()).isEqualTo(Json.MAPPER.writeValueAsBytes(BAD));
    assertThat(deadLetters.isEmpty()).isTrue();
  }

  @Test
  void deadLetter_tellsItsStory_inItsHeaders() {
    pipe("admin", GOOD);
    pipe("mallory", BAD);
    TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
    assertThat(text(letter, DeadLetterHeaders.SERVICE)).isEqualTo("detection");
    assertThat(text(letter, DeadLetterHeaders.ORIGIN)).isEqualTo("tocsin.audit");
    assertThat(text(letter, DeadLetterHeaders.POSITION)).isEqualTo("0/1");
    assertThat(text(letter, DeadLetterHeaders.CAUSE))
        .isEqualTo("cannot be decided: java.lang.IllegalStateException: who is mallory?");
    assertThat(text(letter, DeadLetterHeaders.AT)).isEqualTo(AT.toString());
    assertThat(text(letter, "traceparent")).isEqualTo("00-1-2-01");
  }

  @Test
  @Tag("bad-input-56")
  void undecidable_withoutAKey_isSetAsideWithoutOne() {
    pipe(null, BAD);
    assertThat(deadLetters.readRecord().key()).isNull();
  }

  @Test
  void timer_isTheOriginOfWhatNoTopicBrought() {
    pipe("admin", GOOD);
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
    assertThat(text(letter, DeadLetterHeaders.ORIGIN)).isEqualTo("timer");
    assertThat(letter.headers().lastHeader(DeadLetterHeaders.POSITION)).isNull();
    assertThat(text(letter, DeadLetterHeaders.AT)).isEqualTo(AT.plusSeconds(1).toString());
  }

  @Test
  void undecidable_isLoggedOnce_withItsPlace(CapturedOutput output) {
    pipe("mallory", BAD);
    assertThat(output.getAll())
        .containsOnlyOnce("ERROR")
        .containsOnlyOnce("tocsin.audit 0/0, key mallory: set aside, cannot be decided");
  }

  private void pipe(@Nullable String key, AuditEntry entry) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("traceparent", "00-1-2-01".getBytes(UTF_8));
    in.pipeInput(new TestRecord<>(key, entry, headers, AT));
  }

  private static AuditEntry by(String actor) {
    return new AuditEntry("aud_a", actor, "acknowledge", "inc_a", "", AT);
  }

  private static String text(TestRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(name);
    assertThat(header).as(name).isNotNull();
    return new String(header.value(), UTF_8);
  }

  /** Once a second it looks at Mallory by itself. */
  private static final class Decider implements Processor<String, AuditEntry, Object, Object> {

    private @Nullable ProcessorContext<Object, Object> context;

    @Override
    public void init(ProcessorContext<Object, Object> context) {
      this.context = context;
      context.schedule(
          Duration.ofSeconds(1),
          PunctuationType.WALL_CLOCK_TIME,
          millis -> process(new Record<>("mallory", BAD, millis)));
    }

    @Override
    public void process(Record<String, AuditEntry> record) {
      try {
        if (record.value().actor().equals("mallory")) {
          throw new IllegalStateException("who is mallory?");
        }
      } catch (IllegalStateException e) {
        new SetAsideUndecidable(context, "detection", "dead-letters").accept(record, e);
        return;
      }
      context.forward(new Record<Object, Object>(record.key(), record.value(), 0), "kept");
    }
  }
}
