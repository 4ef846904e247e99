// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every input of {@code docs/bad-input.md} has a test that names it: by the tag {@code bad-input-7}
 * (or {@code bad-input-7-8}), or by its row in {@code bad-inputs.csv}.
 */
class BadInputListTest {

  private static final Path REPOSITORY = Path.of("..");
  private static final int INPUTS = 96;
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"bad-input((?:-\\d+)+)\"\\)");
  private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\|[^|]*\\|[^|]*\\| ([^|]*) \\|");

  @Test
  void everyInput_hasATestThatNamesIt_andThePageSaysWhere() throws IOException {
    Map<Integer, String> tested = tested();
    Map<Integer, String> told = told();

    assertThat(told.keySet())
        .as("the page lists all")
        .containsExactlyElementsOf(IntStream.rangeClosed(1, INPUTS).boxed().toList());
    assertThat(told)
        .as(
            "where each is tested, so:\n%s"
                .formatted(
                    tested.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue())
                        .collect(Collectors.joining("\n"))))
        .isEqualTo(tested);
  }

  private static Map<Integer, String> told() throws IOException {
    Map<Integer, String> told = new TreeMap<>();
    Files.readAllLines(REPOSITORY.resolve("docs/bad-input.md")).stream()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .forEach(row -> told.put(Integer.parseInt(row.group(1)), row.group(2)));
    return told;
  }

  private static Map<Integer, String> tested() throws IOException {
    Map<Integer, TreeSet<String>> tests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(REPOSITORY, 16)) {
      for (Path file : files.filter(BadInputListTest::isTest).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        for (int number : numbers(Files.readString(file))) {
          tests.computeIfAbsent(number, n -> new TreeSet<>()).add(name);
        }
      }
    }
    Path table = REPOSITORY.resolve("ingest/src/test/resources/bad-inputs.csv");
    Files.readAllLines(table).stream()
        .skip(1)
        .map(row -> Integer.parseInt(row.split(",", 2)[0]))
        .forEach(n -> tests.computeIfAbsent(n, x -> new TreeSet<>()).add("BadInputTest"));
    Map<Integer, String> named = new TreeMap<>();
    tests.forEach((number, names) -> named.put(number, String.join(", ", names)));
    return named;
  }

  private static boolean isTest(Path file) {
    return file.toString().endsWith(".java") && file.toString().contains("/src/test/java/");
  }

  private static List<Integer> numbers(String source) {
    return TAG.matcher(source)
        .results()
        .map((MatchResult tag) -> tag.group(1).substring(1).split("-"))
        .flatMap(Stream::of)
        .map(Integer::parseInt)
        .toList();
  }
}
