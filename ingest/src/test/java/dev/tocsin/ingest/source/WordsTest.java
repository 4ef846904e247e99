// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "'critical ', CRITICAL",
    "Critical, CRITICAL",
    "page, CRITICAL",
    "P1, CRITICAL",
    "sev-1, CRITICAL",
    "1, CRITICAL",
    "fatal, CRITICAL",
    "error, ERROR",
    "High, ERROR",
    "p2, ERROR",
    "Warning, WARNING",
    "P3, WARNING",
    "minor, WARNING",
    "info, INFO",
    "p4, INFO",
    "none, INFO",
    "schlimm, ERROR",
    "'', ERROR"
  })
  void severity_isReadFromManyWords(String word, Severity severity) {
    assertThat(SeverityWords.of(Map.of("severity", word))).isEqualTo(severity);
  }

  @Test
  void severity_isErrorWhereNobodySays() {
    assertThat(SeverityWords.of(Map.of("alertname", "DiskFull"))).isEqualTo(Severity.ERROR);
    assertThat(SeverityWords.of(Map.of("Priority", "P1"))).isEqualTo(Severity.CRITICAL);
    assertThat(SeverityWords.of(Map.of("alertname", "Watchdog"))).isEqualTo(Severity.INFO);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-02T09:00:00Z, 2026-03-02T09:00:00Z",
    "2026-03-02T11:00:00.123456789+02:00, 2026-03-02T09:00:00.123456789Z",
    "2026-03-02 09:00:00 +0000 UTC, 2026-03-02T09:00:00Z",
    "2026-03-02 10:00:00.5 +0100 CET m=+12.7, 2026-03-02T09:00:00.500Z",
    "1772442000, 2026-03-02T09:00:00Z",
    "1772442000000, 2026-03-02T09:00:00Z"
  })
  void time_isReadAsSendersWriteIt(String text, Instant expected) {
    assertThat(Times.read(text, NOW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-03-02T09:00:00", "2026-03-02",
        "yesterday", "", "2026-13-45T09:00:00Z", "2026-03-04T09:00:00Z"
      })
  void time_isNoneWhereItCannotBeBelieved(String text) {
    assertThat(Times.read(text, NOW)).isNull();
  }

  @Test
  void fingerprint_isTheHashPrometheusUses() {
    assertThat(Fingerprint.of(Map.of("lbl1", "val1", "alertname", "alert1")))
        .isEqualTo("fac0861a85de433a");
  }

  @Test
  void text_losesHalfCharactersAndSaysWhatIsCut() {
    assertThat(Text.whole("a\ud800b😀")).isEqualTo("a\ufffdb😀");
    assertThat(Text.cut("x".repeat(20), 10)).startsWith("xxxxxxxxxx…").contains("20 characters");
    assertThat(Text.line("two\nlines\u202e and\u0000 more  ")).isEqualTo("two lines and more");
  }

  @Test
  void manyLongLabels_areBoundedTogether() {
    Map<String, String> labels =
        IntStream.range(0, 500)
            .boxed()
            .collect(Collectors.toMap(i -> "label" + i, i -> "v".repeat(65_536)));

    Map<String, String> kept = Text.bounded(labels, 64, 1024, 32 * 1024);

    assertThat(kept).hasSizeBetween(1, 64).allSatisfy((n, v) -> assertThat(v).contains("65536"));
    assertThat(new HashMap<>(kept).toString().length()).isLessThan(40_000);
  }
}
