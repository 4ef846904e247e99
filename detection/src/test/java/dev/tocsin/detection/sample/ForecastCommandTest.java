// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastCommandTest {

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void risingDays_haveARowEach_andAWord() throws IOException {
    StringBuilder rows = new StringBuilder("timestamp,value\nnonsense,1\n");
    for (int day = 0; day < 60; day++) {
      rows.append(1_767_225_600L + 86_400L * day).append(',').append(40 + day + day % 3);
      rows.append('\n');
    }
    Path file = Files.writeString(directory.resolve("disk.csv"), rows);
    assertThat(run(file.toString(), "--limit", "110")).isZero();
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(60);
    assertThat(lines.get(1)).isEqualTo("2026-01-01,40.0,,,,,,,,,\"learning, day 1 of 14\"");
    assertThat(lines.getLast()).startsWith("2026-02-28,99.0,").endsWith(",expected");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("line 2: ", "disk.csv: 1 rows could not be read, 60 could", "exhaustion in 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "f.csv", "f.csv --limit", "f.csv --limit x", "f.csv --limit NaN"})
  void otherWords_areRefused(String words) {
    assertThat(run(words.isEmpty() ? new String[0] : words.split(" "))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("./tocsin forecast FILE.csv --limit X");
  }

  @Test
  void noLimit_isNamed() {
    assertThat(run("f.csv", "--limit", "80%")).isEqualTo(2);
    assertThat(said()).contains("'80%' is no limit; one is a number like 100 or 5e11");
  }

  @Test
  void firstDay_isNoForecast() throws IOException {
    assertThat(run(rows("1767225600,1\n1767229200,2\n"), "--limit", "10")).isZero();
    assertThat(said()).isEqualTo("no day is over yet, and 14 are needed\n");
  }

  @Test
  void thirteenDays_areStillLearnt() throws IOException {
    assertThat(run(rows(days(14, day -> day)), "--limit", "100")).isZero();
    assertThat(said()).isEqualTo("learning, day 13 of 14\n");
  }

  @Test
  void limitBelowTheValue_isReached() throws IOException {
    assertThat(run(rows(days(40, day -> 50 + day)), "--limit", "60")).isZero();
    assertThat(said()).startsWith("it is at its limit: 88.0 of 60.0; exhaustion in ");
  }

  @Test
  void fallingAndNegativeValues_areForecastToo() throws IOException {
    assertThat(run(rows(days(60, day -> 90 - day)), "--limit", "100")).isZero();
    assertThat(said()).startsWith("no exhaustion foreseen in 90 d; slope -1.00 a day");
    err.reset();
    assertThat(run(rows(days(60, day -> day - 80)), "--limit", "-5")).isZero();
    assertThat(said()).startsWith("exhaustion in 16 d ");
  }

  @Test
  void rowsPassedOver_areCounted() throws IOException {
    String rows = days(40, day -> day) + "1767225600,5\n1787225600,NaN\n";
    assertThat(run(rows(rows), "--limit", "100")).isZero();
    assertThat(said())
        .endsWith("2 rows were passed over: they are no number, or older than a row before\n");
  }

  private String rows(String rows) throws IOException {
    return Files.writeString(directory.resolve("rows.csv"), rows).toString();
  }

  private static String days(int count, IntToDoubleFunction value) {
    StringBuilder rows = new StringBuilder();
    for (int day = 0; day < count; day++) {
      rows.append(1_767_225_600L + 86_400L * day).append(',').append(value.applyAsDouble(day));
      rows.append('\n');
    }
    return rows.toString();
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void missingFile_isSaid() {
    assertThat(run(directory.resolve("none.csv").toString(), "--limit", "1")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("none.csv: there is no such file");
  }

  private int run(String... words) {
    return ForecastCommand.run(List.of(words), new PrintStream(out), new PrintStream(err));
  }
}
