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
        .contains("line 2: ", "1 rows could not be read, 60 could", "exhaustion in 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "f.csv", "f.csv --limit", "f.csv --limit x", "f.csv --limit NaN"})
  void otherWords_areRefused(String words) {
    assertThat(run(words.isEmpty() ? new String[0] : words.split(" "))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("./tocsin forecast FILE.csv --limit X");
  }

  @Test
  void missingFile_isSaid() {
    assertThat(run(directory.resolve("none.csv").toString(), "--limit", "1")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("cannot be read");
  }

  private int run(String... words) {
    return ForecastCommand.run(List.of(words), new PrintStream(out), new PrintStream(err));
  }
}
