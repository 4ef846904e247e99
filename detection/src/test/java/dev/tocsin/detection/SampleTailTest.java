// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tocsin.schemas.sample.SeriesKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTailTest {

  private static final long MINUTE = 60_000;
  private static final long FIRST = 1_760_000_000_000L;

  @Test
  void samples_areReadAsTheyWere() {
    List<SampleTail.Entry> entries = new ArrayList<>();
    long at = FIRST;
    for (double value :
        new double[] {
          0, 0, -0.0, 1, 1, 107, 1e-300, -1e300, Math.PI, Math.PI, 99.5, Double.MIN_VALUE, 3
        }) {
      entries.add(entry(at, value));
      at += MINUTE;
    }
    assertThat(entries(SampleTail.read(tail(entries).toBytes()))).isEqualTo(entries);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, -1, 63, -64, 64, 1 << 20, -MINUTE, Long.MAX_VALUE / 2, Long.MIN_VALUE / 4})
  void timesAnyStepApart_areReadAsTheyWere(long step) {
    List<SampleTail.Entry> entries =
        List.of(entry(0, 1), entry(step, 2), entry(2 * step, 3), entry(MINUTE, 4));
    assertThat(entries(SampleTail.read(tail(entries).toBytes()))).isEqualTo(entries);
  }

  @Test
  void everyKind_isReadAsItWas() {
    List<SampleTail.Entry> entries = new ArrayList<>();
    for (SeriesKind kind : SeriesKind.values()) {
      entries.add(new SampleTail.Entry(Instant.ofEpochMilli(FIRST), 1, kind));
    }
    assertThat(entries(SampleTail.read(tail(entries).toBytes()))).isEqualTo(entries);
    assertThat(entries).as("two bits hold them").hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void whatIsRead_goesOnAsTheOneThatWasStored() {
    SampleTail tail = SampleTail.EMPTY;
    SampleTail read = SampleTail.EMPTY;
    for (int i = 0; i < 27; i++) {
      assertThat(tail.isFull()).isFalse();
      tail = tail.plus(entry(FIRST + i * MINUTE, Math.sin(i)));
      read = SampleTail.read(read.plus(entry(FIRST + i * MINUTE, Math.sin(i))).toBytes());
      assertThat(read.toBytes()).isEqualTo(tail.toBytes());
    }
    assertThat(tail.plus(entry(FIRST, 1)).isFull()).isTrue();
    assertThat(read.plus(entry(FIRST, 1)).isFull()).isTrue();
    assertThat(tail.toBytes().length).as("in bytes").isLessThan(27 * 9);
  }

  @Test
  void format1_isWrittenAndReadAsItAlwaysWas() {
    SampleTail tail =
        tail(
            List.of(
                entry(FIRST, 107),
                entry(FIRST + MINUTE, 107.5),
                entry(FIRST + 2 * MINUTE, 107.5),
                new SampleTail.Entry(Instant.ofEpochMilli(FIRST), 0.1, SeriesKind.RATIO)));
    String stored = "01288080e682b966405ac0" + "a8c0a9070020" + "44" + "03ffd20e7fe379999999999a";
    assertThat(HexFormat.of().formatHex(tail.toBytes())).isEqualTo(stored);
    assertThat(SampleTail.read(HexFormat.of().parseHex(stored)).toBytes())
        .isEqualTo(tail.toBytes());
  }

  @Test
  void samplesStoredBeforeThereWereFormats_areRead() {
    ByteBuffer stored = ByteBuffer.allocate(2 * 17);
    stored.putLong(FIRST).putDouble(7).put((byte) 0);
    stored.putLong(FIRST + 1).putDouble(8.5).put((byte) 1);
    assertThat(entries(SampleTail.read(stored.array())))
        .containsExactly(
            entry(FIRST, 7),
            new SampleTail.Entry(Instant.ofEpochMilli(FIRST + 1), 8.5, SeriesKind.COUNTER));
  }

  @Test
  void samplesInALaterFormat_areRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> SampleTail.read(new byte[] {2, 0, 0}))
        .withMessage("samples are stored in format 2");
  }

  private static SampleTail.Entry entry(long at, double value) {
    return new SampleTail.Entry(Instant.ofEpochMilli(at), value, SeriesKind.GAUGE);
  }

  private static SampleTail tail(List<SampleTail.Entry> entries) {
    SampleTail tail = SampleTail.EMPTY;
    for (SampleTail.Entry entry : entries) {
      tail = tail.plus(entry);
    }
    return tail;
  }

  private static List<SampleTail.Entry> entries(SampleTail tail) {
    List<SampleTail.Entry> entries = new ArrayList<>();
    tail.forEach(entries::add);
    return entries;
  }
}
