// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SumTest {

  @TempDir Path directory;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private boolean add() {
    return Sum.of(directory, new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  private void report(String name, String at, int kills, int lost) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        {"command":"%s","at":"%s","kills":%d,"incidents":10,"lost":%d,"doubled":0,"other":0}"""
            .formatted(name, at, kills, lost));
  }

  @Test
  void partsWithOtherSeeds_areAddedUp_andTheRuleOfThreeIsOverAllOfThem() throws IOException {
    report("one/report.json", "2026-11-28T13:00:00Z", 40, 0);
    report("2026-11-28-60-kills-seed-2.report.json", "2026-11-28T14:00:00Z", 60, 0);
    assertThat(add()).isTrue();
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("2 runs: 100 kills, 20 incidents, 0 lost", "fewer than 3.00 % of kills");
  }

  @Test
  void aReportThatIsThereTwice_countsOnce() throws IOException {
    report("one/report.json", "2026-11-28T13:00:00Z", 40, 0);
    report("copy/report.json", "2026-11-28T13:00:00Z", 40, 0);
    assertThat(add()).isTrue();
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("1 runs: 40 kills");
  }

  @Test
  void oneThatIsNotClean_takesTheBoundAway() throws IOException {
    report("one/report.json", "2026-11-28T13:00:00Z", 40, 1);
    report("two/report.json", "2026-11-28T14:00:00Z", 60, 0);
    assertThat(add()).isFalse();
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("1 lost").doesNotContain("fewer");
  }

  @Test
  void nothing_isNoProof() {
    assertThat(add()).isFalse();
  }
}
