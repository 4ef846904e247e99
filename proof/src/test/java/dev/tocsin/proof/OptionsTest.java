// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void nothing_isTwentyKillsOfSeedOneInSevenProcesses() {
    Options options = Options.parse(List.of());
    assertThat(options.kills()).isEqualTo(20);
    assertThat(options.seed()).isEqualTo(1);
    assertThat(options.together()).isFalse();
    assertThat(options.schedule()).isNull();
  }

  @Test
  void everything_isRead() {
    Options options =
        Options.parse(
            List.of(
                "--kills",
                "5",
                "--seed",
                "9",
                "--minutes",
                "3",
                "--all-in-one",
                "--brisk",
                "--shrink",
                "s.json"));
    assertThat(options.kills()).isEqualTo(5);
    assertThat(options.seed()).isEqualTo(9);
    assertThat(options.minutes()).isEqualTo(3);
    assertThat(options.together()).isTrue();
    assertThat(options.brisk()).isTrue();
    assertThat(options.shrink()).isEqualTo(Path.of("s.json"));
  }

  @Test
  void report_namesTheCommand_withoutWhereItsRunIsKept() {
    assertThat(ProveCommand.words(List.of())).isEqualTo("./tocsin prove");
    assertThat(ProveCommand.words(List.of("--kills", "5", "--out", "here", "--brisk")))
        .isEqualTo("./tocsin prove --kills 5 --brisk");
  }

  @Test
  void whatIsWrong_isSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of("--kill", "5")))
        .withMessage("prove knows no --kill");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of("--kills", "many")))
        .withMessage("--kills should be a number: was many");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of("--rate", "1000")))
        .withMessage("--rate should be between 1 and 100: was 1000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(List.of("--seed")))
        .withMessage("--seed needs a value");
  }
}
