// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

class TocsinTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private int run(String words) {
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return Tocsin.run(List.of(words.split(" ")), out, err);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          prove --schedule nowhere.json | tocsin: prove failed: cannot read the schedule nowhere.json: there is no nowhere.json
          prove --shrink nowhere.json   | tocsin: prove failed: cannot read the schedule nowhere.json: there is no nowhere.json
          prove --add-up nowhere        | tocsin: prove failed: there is no nowhere
          prove --from nowhere          | run ./tocsin build there
          """)
  void commandThatFails_saysWhyInOneLine(String words, String why) {
    assertThat(run(words)).isEqualTo(2);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains(why).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up --help",
        "detection --port 1",
        "broker 9092",
        "sentinel now",
        "train",
        "train a b c"
      })
  void wordsNobodyReads_startNothing(String words) {
    assertThat(run(words)).isEqualTo(2);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .startsWith("tocsin: " + words.split(" ")[0] + " takes ")
        .hasLineCount(1);
  }

  @Test
  void cause_isSaidOnce_inItsFirstLine_whateverWrapsIt() {
    assertThat(
            Cause.inWords(
                new IllegalStateException(
                    "console",
                    new UncheckedIOException(new NoSuchFileException("/data/signing.key")))))
        .isEqualTo("console: there is no /data/signing.key");
    assertThat(Cause.inWords(new IllegalStateException(new FileSystemException("a", "b", "full"))))
        .isEqualTo("a -> b: full");
    assertThat(Cause.inWords(new IllegalStateException("\nfirst\n  at somewhere")))
        .isEqualTo("first");
    assertThat(Cause.inWords(new IllegalStateException())).isEqualTo("IllegalStateException");
  }

  @EnableConfigurationProperties(KafkaProperties.class)
  private static class Needy {}

  @Test
  void settingThatIsNotWhatItShouldBe_isNamed_andNoneOfOurParts() {
    SpringApplication program = new SpringApplication(Needy.class);
    program.setWebApplicationType(WebApplicationType.NONE);
    assertThatThrownBy(() -> program.run("--spring.kafka.listener.poll-timeout=soon"))
        .satisfies(
            failure ->
                assertThat(Cause.inWords(new IllegalStateException("notifier", failure)))
                    .startsWith("notifier: spring.kafka.listener.poll-timeout cannot be 'soon' (")
                    .endsWith("): 'soon' is not a valid duration"));
  }

  @Test
  void startThatFails_isToldByTheCommandAlone() {
    PrintStream before = System.out;
    ByteArrayOutputStream logged = new ByteArrayOutputStream();
    System.setOut(new PrintStream(logged, true, StandardCharsets.UTF_8));
    try (Launcher launcher = new Launcher(Map.of("tocsin.ingest.port", "abc"), Map.of())) {
      assertThatThrownBy(() -> launcher.startAlone(Service.INGEST))
          .satisfies(failure -> assertThat(Cause.inWords(failure)).contains("abc").hasLineCount(1));
    } finally {
      System.setOut(before);
    }
    assertThat(logged.toString(StandardCharsets.UTF_8))
        .doesNotContain("\tat ", "APPLICATION FAILED", "Exception");
  }
}
