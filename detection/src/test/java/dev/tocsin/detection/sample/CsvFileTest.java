// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {

  @TempDir Path directory;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<CsvRow> rows = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timestamp,value\n10,1\n20,2\n",
        "10,1\n20,2",
        "\uFEFFtime,p95\r\n10,1\r\n\r\n20,2\r\n",
        "\uFEFF10,1\n20,2\n",
        "\"timestamp\",\"value\"\n\"10\",\"1\"\n\"20\", \"2\"\n",
        "10,1,more,and more\r20,2,\r"
      })
  void rows_areReadHoweverTheyAreWritten(String text) throws IOException {
    assertThat(read(text)).isTrue();
    assertThat(rows).extracting(CsvRow::value).containsExactly(1.0, 2.0);
    assertThat(rows).extracting(row -> row.at().getEpochSecond()).containsExactly(10L, 20L);
    assertThat(said()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "10;1 | no comma in '10;1'; a row is timestamp,value: its columns are to be separated by",
        "10 | no comma in '10'; a row is timestamp,value",
        "10, | it has no value; one is like 12.5, 3e-4 or NaN",
        "10,1f | '1f' is no number",
        "10,0x1p3 | '0x1p3' is no number",
        "now,1 | 'now' is no time; known are ISO 8601",
        "2026-02-30,1 | '2026-02-30' is no time",
        "1700000000000,1 | if it is in milliseconds, divide it by 1,000",
        "1e300,1 | '1e300' is no time"
      })
  void whatIsNoRow_isNamedWithFileAndLine(String line, String why) throws IOException {
    read("5,1\n" + line + "\n");
    assertThat(said()).contains("rows.csv, line 2: ", why, "1 rows could not be read, 1 could");
  }

  @ParameterizedTest
  @CsvSource({"Inf, Infinity", "+Inf, Infinity", "-inf, -Infinity", "nan, NaN", "-.5e1, -5"})
  void numbers_areReadAsPrometheusWritesThem(String written, double value) throws IOException {
    read("10," + written + "\n");
    assertThat(rows).extracting(CsvRow::value).containsExactly(value);
  }

  @Test
  void noFile_orNoRows_areSaid() throws IOException {
    assertThat(read("timestamp,value\n")).isFalse();
    assertThat(said()).endsWith("rows.csv: has no rows; a row is timestamp,value\n");
    assertThat(read(directory)).isFalse();
    assertThat(said()).endsWith(": is a directory, not a file of rows\n");
    assertThat(read(directory.resolve("none.csv"))).isFalse();
    assertThat(said()).endsWith("none.csv: there is no such file\n");
  }

  @Test
  void lineThatNeverEnds_isRefused_andTheNextIsRead() throws IOException {
    assertThat(read("x".repeat(3 * LongLines.LONGEST) + "\n20,2\n")).isTrue();
    assertThat(said()).contains("line 1: no comma in 'xxx").hasSizeLessThan(400);
    assertThat(rows).hasSize(1);
  }

  private boolean read(String text) throws IOException {
    return read(Files.writeString(directory.resolve("rows.csv"), text));
  }

  private boolean read(Path file) {
    return new CsvFile(file, new PrintStream(err, true, StandardCharsets.UTF_8))
        .read(() -> {}, rows::add);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
