// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.kafka.streams.Nodes;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.deadletter.DeadLetterHeaders;
import dev.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A topology that hands on what it reads, fed with bytes of all kinds. */
class SetAsideUnreadableTest {

  private static final Instant AT = Instant.parse("2026-03-01T03:04:05.678Z");
  private static final AuditEntry ENTRY =
      new AuditEntry("aud_a", "admin", "acknowledge", "inc_a", "", AT);

  @TempDir Path dir;

  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> in;
  private TestOutputTopic<String, AuditEntry> out;
  private TestOutputTopic<byte[], byte[]> deadLetters;

  @BeforeEach
  void start() {
    Topology topology = new Topology();
    Nodes.source(topology, "entries", Topics.AUDIT);
    topology.addSink(
        "kept",
        "kept",
        Topics.AUDIT.keySerde().serializer(),
        Topics.AUDIT.valueSerde().serializer(),
        "entries");
    Properties config = new Properties();
    config.put(StreamsConfig.STATE_DIR_CONFIG, dir.toString());
    config.put(SetAsideUnreadable.SERVICE, "detection");
    config.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, SetAsideUnreadable.class);
    driver = new TopologyTestDriver(topology, config);
    in =
        driver.createInputTopic(
            Topics.AUDIT.name(), new ByteArraySerializer(), new ByteArraySerializer());
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

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "null", "[[[[", "\u0000\uffff", "{\"at\":\"yesterday\"}"})
  @Tag("bad-input-58-59")
  void poison_isSetAside_whole_andTheStreamGoesOn(String poison) {
    pipe(json(ENTRY));
    pipe(poison.getBytes(UTF_8));
    pipe(json(ENTRY));
    assertThat(out.readValuesToList()).containsExactly(ENTRY, ENTRY);
    TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
    assertThat(letter.key()).isEqualTo("admin".getBytes(UTF_8));
    assertThat(letter.value()).isEqualTo(poison.getBytes(UTF_8));
    assertThat(deadLetters.isEmpty()).isTrue();
  }

  @Test
  @Tag("bad-input-62")
  void deepPoison_isSetAside_andKillsNoThread() {
    pipe("[".repeat(900_000).getBytes(UTF_8));
    pipe(json(ENTRY));
    assertThat(out.readValuesToList()).containsExactly(ENTRY);
    assertThat(deadLetters.readRecord().value()).hasSize(900_000);
  }

  @Test
  void deadLetter_tellsItsStory_inItsHeaders() {
    pipe(json(ENTRY));
    pipe("{".getBytes(UTF_8));
    Headers headers = deadLetters.readRecord().headers();
    assertThat(text(headers, DeadLetterHeaders.SERVICE)).isEqualTo("detection");
    assertThat(text(headers, DeadLetterHeaders.ORIGIN)).isEqualTo("tocsin.audit");
    assertThat(text(headers, DeadLetterHeaders.POSITION)).isEqualTo("0/1");
    assertThat(text(headers, DeadLetterHeaders.CAUSE))
        .startsWith("topic tocsin.audit: not of type AuditEntry: ");
    assertThat(text(headers, DeadLetterHeaders.AT)).isEqualTo(AT.toString());
    assertThat(text(headers, "traceparent")).isEqualTo("00-1-2-01");
  }

  @Test
  @Tag("bad-input-56")
  void tombstone_isNoPoison() {
    pipe(null);
    assertThat(out.readValue()).isNull();
    assertThat(deadLetters.isEmpty()).isTrue();
  }

  @Test
  void setAsideAgain_afterAReplay_tellsTheLastStoryOnly() {
    Headers before = new RecordHeaders();
    before.add(DeadLetterHeaders.CAUSE, "the first time".getBytes(UTF_8));
    before.add(DeadLetterHeaders.POSITION, "9/9".getBytes(UTF_8));
    DeadLetter letter =
        new DeadLetter("ingest", "http", null, null, new byte[0], before, "the second time", AT);
    Headers headers = letter.toRecord().headers();
    assertThat(headers.headers(DeadLetterHeaders.CAUSE)).hasSize(1);
    assertThat(text(headers, DeadLetterHeaders.CAUSE)).isEqualTo("the second time");
    assertThat(headers.lastHeader(DeadLetterHeaders.POSITION)).isNull();
    assertThat(letter.toRecord().topic()).isEqualTo("tocsin.ingest.dead-letters");
    assertThat(before.headers(DeadLetterHeaders.CAUSE)).hasSize(1);
    assertThat(text(before, DeadLetterHeaders.CAUSE)).isEqualTo("the first time");
  }

  @Test
  @Tag("bad-input-60")
  void tenThousandHeaders_keepNothingFromBeingRead_orSetAside() {
    Headers many = new RecordHeaders();
    for (int i = 0; i < 10_000; i++) {
      many.add("h" + i, new byte[] {1});
    }
    in.pipeInput(new TestRecord<>("admin".getBytes(UTF_8), json(ENTRY), many, AT));
    in.pipeInput(new TestRecord<>("admin".getBytes(UTF_8), new byte[] {'{'}, many, AT));
    assertThat(out.readValuesToList()).containsExactly(ENTRY);
    assertThat(deadLetters.readRecord().value()).isEqualTo(new byte[] {'{'});
  }

  @Test
  @Tag("bad-input-58")
  void megabyteOfNoise_isSetAside() {
    byte[] noise = new byte[1 << 20];
    new java.util.Random(7).nextBytes(noise);
    pipe(noise);
    pipe(json(ENTRY));
    assertThat(out.readValuesToList()).containsExactly(ENTRY);
    assertThat(deadLetters.readRecord().value()).isEqualTo(noise);
  }

  private void pipe(byte @Nullable [] value) {
    Headers headers = new RecordHeaders();
    headers.add("traceparent", "00-1-2-01".getBytes(UTF_8));
    in.pipeInput(new TestRecord<>("admin".getBytes(UTF_8), value, headers, AT));
  }

  private static byte[] json(AuditEntry entry) {
    return Topics.AUDIT.valueSerde().serializer().serialize("any", entry);
  }

  private static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    assertThat(header).as(name).isNotNull();
    return new String(header.value(), UTF_8);
  }
}
