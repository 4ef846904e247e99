// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import static dev.tocsin.ingest.push.Pushes.bytes;
import static dev.tocsin.ingest.push.Pushes.message;
import static dev.tocsin.ingest.push.Pushes.push;
import static dev.tocsin.ingest.push.Pushes.sample;
import static dev.tocsin.ingest.push.Pushes.series;
import static dev.tocsin.ingest.push.Pushes.series2;
import static dev.tocsin.ingest.push.Pushes.snappy;
import static dev.tocsin.ingest.push.Pushes.symbols;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tocsin.ingest.body.BodyReader;
import dev.tocsin.ingest.body.LimitSettings;
import dev.tocsin.ingest.refusal.Refusal;
import dev.tocsin.ingest.refusal.RefusalReason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

/** Both versions, and all that can be wrong with them. */
class BatchReaderTest {

  private static final PushSettings SMALL =
      new PushSettings(List.of(), 10, DataSize.ofKilobytes(32), DataSize.ofKilobytes(64), 100);

  private static final List<String> UP = List.of("__name__", "up", "job", "shop");

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void whatIsNoWholeMessage_isRefused(
      String what, Protocol protocol, byte[] sent, RefusalReason reason, String says) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> reader().read(protocol, sent));

    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.detail()).contains(says);
  }

  static Stream<Arguments> whatIsNoWholeMessage_isRefused() {
    byte[] good = message(series(UP, sample(1, 1_000)));
    byte[] inner = message(sample(1, 1_000));
    return Stream.of(
        malformed("nothing", Protocol.V1, new byte[0], "not whole snappy"),
        malformed("garbage", Protocol.V1, "no snappy at all".getBytes(), "not whole snappy"),
        malformed("no snappy", Protocol.V1, good, "not whole snappy"),
        malformed("cut snappy", Protocol.V1, cut(snappy(good)), "not whole snappy"),
        malformed("bomb", Protocol.V1, announced(60_000), "announces 60000 bytes"),
        malformed("negative length", Protocol.V1, announced(-1), "not whole snappy"),
        Arguments.of(
            "larger than is read",
            Protocol.V1,
            snappy(new byte[65 << 10]),
            RefusalReason.TOO_LARGE,
            "max_samples_per_send"),
        malformed("cut protobuf", Protocol.V1, snappy(cut(good)), "no whole message"),
        malformed("cut protobuf, v2", Protocol.V2, snappy(cut(v2())), "no whole message"),
        malformed(
            "message longer than what holds it",
            Protocol.V1,
            push(out -> out.writeRawBytes(new byte[] {10, 100}), out -> out.writeRawBytes(inner)),
            "no whole message"),
        malformed(
            "field without a number", Protocol.V1, push(bytes(1, new byte[] {0, 1, 2})), "message"),
        malformed("group that only ends", Protocol.V1, snappy(new byte[] {12}), "no whole message"),
        malformed("groups in groups", Protocol.V1, snappy(groups(5_000)), "no whole message"),
        Arguments.of(
            "very many series",
            Protocol.V1,
            push(many(101, series(List.of()))),
            RefusalReason.TOO_LARGE,
            "more than 100 samples"),
        Arguments.of(
            "very many samples",
            Protocol.V1,
            push(series(UP, many(101, sample(1, 1)))),
            RefusalReason.TOO_LARGE,
            "more than 100 samples"),
        Arguments.of(
            "very many symbols",
            Protocol.V2,
            push(many(101, symbols(""))),
            RefusalReason.TOO_LARGE,
            "more than 100 samples"));
  }

  private static Arguments malformed(String what, Protocol protocol, byte[] sent, String says) {
    return Arguments.of(what, protocol, sent, RefusalReason.MALFORMED, says);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void whatIsWrongWithOneSeries_isWrongWithItAlone(
      String what, Protocol protocol, byte[] sent, String fault) {
    Batch batch = reader().read(protocol, sent);

    assertThat(batch.series()).hasSize(2);
    assertThat(batch.series().getFirst().fault()).contains(fault);
    assertThat(batch.series().getLast().fault()).isNull();
    assertThat(batch.series().getLast().labels())
        .isEqualTo(Map.of("__name__", "up", "job", "shop"));
    assertThat(batch.series().getLast().points()).containsExactly(new Batch.Point(1_000, 1));
  }

  static Stream<Arguments> whatIsWrongWithOneSeries_isWrongWithItAlone() {
    return Stream.of(
        wrong("no labels", List.of(), "no label __name__"),
        wrong("no metric", List.of("job", "shop"), "no label __name__"),
        wrong("empty metric", List.of("__name__", "", "job", "shop"), "no label __name__"),
        wrong("label without a name", List.of("__name__", "up", "", "x"), "has no name"),
        wrong("label twice", List.of("__name__", "up", "a", "1", "a", "2"), "'a' is there twice"),
        wrong("metric twice", List.of("__name__", "up", "__name__", "up"), "is there twice"),
        wrong("long name", List.of("__name__", "up", "n".repeat(257), "x"), "at most 256 bytes"),
        wrong("long value", List.of("__name__", "up", "a", "v".repeat(2_049)), "its value 2048"),
        wrong(
            "many labels",
            IntStream.range(0, 65).boxed().flatMap(i -> Stream.of("l" + i, "x")).toList(),
            "more than 64 labels"),
        Arguments.of(
            "no UTF-8",
            Protocol.V1,
            push(
                bytes(1, message(bytes(1, message(bytes(1, new byte[] {(byte) 0xff, 'a'}))))),
                series(UP, sample(1, 1_000))),
            "not UTF-8"),
        wrong2("symbol that is not there", List.of(1, 2, 3, 99), "not among the 5 symbols"),
        wrong2("symbol below zero", List.of(1, 2, 3, -1), "not among the 5 symbols"),
        wrong2("name without a value", List.of(1, 2, 3), "a name and no value"),
        wrong2("the empty symbol for a name", List.of(1, 2, 0, 4), "has no name"));
  }

  private static Arguments wrong(String what, List<String> labels, String fault) {
    return Arguments.of(
        what,
        Protocol.V1,
        push(series(labels, sample(1, 1_000)), series(UP, sample(1, 1_000))),
        fault);
  }

  private static Arguments wrong2(String what, List<Integer> refs, String fault) {
    return Arguments.of(
        what + ", v2",
        Protocol.V2,
        push(
            series2(refs, sample(1, 1_000)),
            series2(List.of(1, 2, 3, 4), sample(1, 1_000)),
            // Behind what is made of them, as fields may be.
            symbols("", "__name__", "up", "job", "shop")),
        fault);
  }

  @Test
  void whatIsNoSample_isCounted() {
    Batch one =
        reader()
            .read(
                Protocol.V1,
                push(
                    series(UP, bytes(3, new byte[0]), bytes(4, new byte[] {8, 1}), sample(1, 1)),
                    bytes(3, message(out -> out.writeString(2, "up"))),
                    bytes(77, new byte[] {1, 2, 3})));
    Batch two =
        reader()
            .read(
                Protocol.V2,
                push(
                    symbols("", "__name__", "up"),
                    series2(
                        List.of(1, 2),
                        bytes(3, new byte[0]),
                        bytes(3, new byte[0]),
                        bytes(4, new byte[0]),
                        bytes(5, message(out -> out.writeUInt32(1, 2))),
                        sample(1, 1))));

    assertThat(one.metadata()).isEqualTo(1);
    assertThat(one.series().getFirst().exemplars()).isEqualTo(1);
    assertThat(one.series().getFirst().histograms()).isEqualTo(1);
    assertThat(two.series().getFirst().exemplars()).isEqualTo(1);
    assertThat(two.series().getFirst().histograms()).isEqualTo(2);
    assertThat(two.series().getFirst().points()).hasSize(1);
  }

  @Test
  void emptyMessage_isEmpty() {
    assertThat(reader().read(Protocol.V1, snappy(new byte[0])).series()).isEmpty();
    assertThat(reader().read(Protocol.V2, snappy(new byte[0])).series()).isEmpty();
  }

  @Test
  void refsThatAreNotPacked_areReadAsWell() {
    byte[] unpacked =
        push(
            symbols("", "__name__", "up"),
            bytes(5, message(out -> out.writeUInt32(1, 1), out -> out.writeUInt32(1, 2))));

    assertThat(reader().read(Protocol.V2, unpacked).series().getFirst().labels())
        .isEqualTo(Map.of("__name__", "up"));
  }

  private static BatchReader reader() {
    return new BatchReader(SMALL, new BodyReader(LimitSettings.DEFAULT));
  }

  private static byte[] v2() {
    return message(symbols("", "__name__", "up"), series2(List.of(1, 2), sample(1, 1_000)));
  }

  private static byte[] cut(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length - 3);
  }

  /** The length that a body will have, it says, and hardly anything behind it. */
  private static byte[] announced(int length) {
    return message(
        out -> out.writeUInt32NoTag(length), out -> out.writeRawBytes(new byte[] {0, 0}));
  }

  private static byte[] groups(int depth) {
    byte[] open = new byte[depth];
    Arrays.fill(open, (byte) (9 << 3 | 3));
    return open;
  }

  private static Pushes.Fields[] many(int count, Pushes.Fields one) {
    Pushes.Fields[] all = new Pushes.Fields[count];
    Arrays.fill(all, one);
    return all;
  }
}
