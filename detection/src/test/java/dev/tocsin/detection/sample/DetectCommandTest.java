// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectCommandTest {

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void spike_isReportedOnceWithItsBand() throws IOException {
    StringBuilder rows = new StringBuilder("timestamp,value\n");
    for (int i = 0; i < 600; i++) {
      rows.append(1_700_000_000 + 60 * i).append(',').append(i == 500 ? 99 : 10 + i % 3);
      rows.append('\n');
    }
    assertThat(run(rows.toString())).isZero();
    List<String> lines = lines(out);
    assertThat(lines.getFirst())
        .isEqualTo("timestamp,value,score,anomaly,expected,low,high,reason");
    assertThat(lines).hasSize(601);
    assertThat(lines.stream().filter(l -> l.contains(",true,")))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .startsWith("1700030000,99.0,0.")
                    .contains("scales above", "as far off was never seen"));
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void malformedRows_areCountedAndTheFirstAreNamed() throws IOException {
    String rows = "2026-01-01 00:00:00,1\nnonsense\n2026-01-01 00:01:00,x\n".repeat(4);
    assertThat(run(rows)).isZero();
    List<String> complaints = lines(err);
    assertThat(complaints).hasSize(6);
    assertThat(complaints.getFirst())
        .endsWith("rows.csv, line 2: no comma in 'nonsense'; a row is timestamp,value");
    assertThat(complaints.getLast()).endsWith("rows.csv: 8 rows could not be read, 4 could");
  }

  @Test
  void rowsThatCannotBeUsed_areKeptAndSaidWhy() throws IOException {
    assertThat(run("10,1\n10,2\n9,3\n11,NaN\n")).isZero();
    assertThat(lines(out).subList(2, 5))
        .containsExactly(
            "10,2.0,0,false,,,,skipped: of the same time as the row before",
            "9,3.0,0,false,,,,skipped: before the row before",
            "11,NaN,0,false,,,,skipped: not a number");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05, 2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05.250+01:00, 2026-01-02T02:04:05.250Z",
    "2026-01-02 03:04:05, 2026-01-02T03:04:05Z",
    "2026-01-02 03:04, 2026-01-02T03:04:00Z",
    "2026-01-02, 2026-01-02T00:00:00Z",
    "1767323045, 2026-01-02T03:04:05Z",
    "1767323045.5, 2026-01-02T03:04:05.500Z"
  })
  void timestamp_isReadInTheKnownForms(String written, Instant at) throws Exception {
    assertThat(CsvRow.of(written + ",1")).isEqualTo(new CsvRow(written, at, 1));
  }

  @Test
  void headerWithoutRows_orNoFile_isTwo() throws IOException {
    assertThat(run("timestamp,value\n")).isEqualTo(2);
    assertThat(run("")).isEqualTo(2);
    assertThat(
            DetectCommand.run(
                List.of(directory.resolve("none.csv").toString()),
                new PrintStream(out),
                new PrintStream(err)))
        .isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("none.csv");
  }

  @Test
  void plot_isDrawn() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      rows.append(1_700_000_000 + 300 * i).append(',').append(i == 450 ? 99 : 10 + i % 3);
      rows.append('\n');
    }
    Path picture = directory.resolve("out.png");
    assertThat(run(rows.toString(), "--plot", picture.toString())).isZero();
    BufferedImage drawn = ImageIO.read(picture.toFile());
    assertThat(drawn.getWidth()).isGreaterThan(1_000);
    assertThat(run("10,NaN\n", "--plot", picture.toString())).isEqualTo(2);
    assertThat(run("10,1\n", "--plot", directory.resolve("no/such/place.png").toString()))
        .isEqualTo(2);
  }

  @Test
  void counter_isJudgedByItsGrowth() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      rows.append(1_700_000_000 + 300 * i).append(',').append(600 * i).append('\n');
    }
    assertThat(run(rows.toString(), "--kind", "counter")).isZero();
    assertThat(lines(out).getLast()).contains(",false,2.0,2.0,2.0,");
  }

  @Test
  void otherWords_areRefusedWithTheUsage() {
    for (List<String> words :
        List.of(List.<String>of(), List.of("a", "b"), List.of("a", "--kind", "x"))) {
      assertThat(DetectCommand.run(words, new PrintStream(out), new PrintStream(err))).isEqualTo(2);
    }
    assertThat(lines(err)).hasSize(3).allMatch(line -> line.contains("./tocsin detect FILE.csv"));
  }

  @Test
  void timesInMilliseconds_areRefusedWithAHint() throws IOException {
    assertThat(run("1700000000000,1\n")).isEqualTo(2);
    assertThat(lines(err).getFirst()).contains("rows.csv, line 1: ", "divide it by 1,000");
  }

  private int run(String text, String... options) throws IOException {
    Path file = directory.resolve("rows.csv");
    Files.writeString(file, text);
    List<String> words = new ArrayList<>(List.of(file.toString()));
    words.addAll(List.of(options));
    return DetectCommand.run(
        words,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static List<String> lines(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
