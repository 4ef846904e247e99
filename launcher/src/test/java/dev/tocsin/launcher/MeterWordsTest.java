// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Each meter that a service makes has words in its {@code meters.properties}, and none else has.
 */
class MeterWordsTest {

  static final Iterable<String> SERVICES = HouseRulesTest.SERVICES;

  private static final Pattern MADE =
      Pattern.compile("(?:counter|timer|gauge|builder|count)\\(\\s*\"(tocsin\\.[a-z.]+)\"");

  @ParameterizedTest
  @FieldSource("SERVICES")
  void everyMeter_isDescribed(String service) throws IOException {
    Path main = Path.of("..", service, "src", "main");
    Properties words = new Properties();
    try (Reader reader =
        Files.newBufferedReader(main.resolve("resources/META-INF/tocsin/meters.properties"))) {
      words.load(reader);
    }

    assertThat(words.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(made(main));
    assertThat(words.values()).allSatisfy(said -> assertThat(said.toString()).isNotBlank());
  }

  private static Set<String> made(Path main) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.walk(main.resolve("java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        Matcher meter = MADE.matcher(Files.readString(file));
        while (meter.find()) {
          names.add(meter.group(1));
        }
      }
    }
    return names;
  }
}
