// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.tocsin.launcher.StartRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlySettingsTest {

  @TempDir Path directory;

  @Test
  void fileIsReadBesideTheEnvironment_whichComesFirst() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("tocsin.yml"),
            """
            tocsin:
              data-dir: ${HOME_OF_ALL}/tocsin
              broker.port: 9192
              sentinel: {routing-key: from-the-file}
              jira.url: https://example.com
              console.admin-password: from-the-file-too
            spring.kafka.bootstrap-servers: kafka:9092
            """);
    Map<String, String> environment =
        Map.of("TOCSIN_BROKER_PORT", "9292", "HOME_OF_ALL", "/srv", "TOCSIN_INSTANCE", "one");
    assertThat(EarlySettings.of(environment, file))
        .containsOnly(
            entry("TOCSIN_DATA_DIR", "/srv/tocsin"),
            entry("TOCSIN_BROKER_PORT", "9292"),
            entry("TOCSIN_INSTANCE", "one"),
            entry("TOCSIN_SENTINEL_ROUTING_KEY", "from-the-file"),
            entry("TOCSIN_CONSOLE_ADMIN_PASSWORD", "from-the-file-too"),
            entry("SPRING_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"));
  }

  @Test
  void nameMayLeaveItsDashesOut() {
    assertThat(EarlySettings.of(Map.of("TOCSIN_DATADIR", "/srv"), directory.resolve("none.yml")))
        .containsOnly(entry("TOCSIN_DATA_DIR", "/srv"));
  }

  @Test
  void whatIsSetToNothing_isNotSet() {
    assertThat(EarlySettings.of(Map.of("TOCSIN_DATA_DIR", " "), directory.resolve("none.yml")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tocsin: [a                            | line 2, column 1: expected ',' or ']'
          'tocsin:\n\tjira: x'                  | line 2, column 1: found character
          'tocsin:\n  heap: 1g\n  heap: 2g'     | line 3, column 3: found duplicate key heap
          hello                                 | it should hold keys with values
          '- tocsin'                            | it should hold keys with values
          """)
  void fileThatIsNotWhatItShouldBe_isRefusedWithItsPlace(String text, String why)
      throws IOException {
    Path file = directory.resolve("tocsin.yml");
    Files.writeString(file, text + '\n');
    assertRefused(file, why);
  }

  @Test
  void fileThatCannotBeRead_isRefusedByName() throws IOException {
    assertRefused(directory, "it is a directory");
    Path link = directory.resolve("link.yml");
    assertRefused(
        Files.createSymbolicLink(link, directory.resolve("gone.yml")), "or leads nowhere");
    byte[] latin = "tocsin.instance: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    assertRefused(Files.write(directory.resolve("latin.yml"), latin), "it is not UTF-8");
  }

  private static void assertRefused(Path file, String why) {
    assertThatThrownBy(() -> EarlySettings.of(Map.of(), file))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith(file + " cannot be read: ")
        .hasMessageContaining(why);
  }

  @Test
  void emptyFile_andByteOrderMark_areAsGoodAsAny() throws IOException {
    Path file = Files.writeString(directory.resolve("tocsin.yml"), "# nothing yet\n");
    assertThat(EarlySettings.of(Map.of(), file)).isEmpty();
    Files.writeString(file, "\ufefftocsin:\r\n  instance: one\r\n");
    assertThat(EarlySettings.of(Map.of(), file)).containsOnly(entry("TOCSIN_INSTANCE", "one"));
  }
}
