// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The secrets a process uses are in its memory; so nothing we ship writes that to disk, and no
 * endpoint gives it away.
 */
class MemoryStaysInsideTest {

  private static final Path REPOSITORY = Path.of("..");

  @Test
  void noCommandOrSetting_writesAHeapDump() throws IOException {
    List<Path> shipped = shipped();
    assertThat(shipped).hasSizeGreaterThan(8).contains(REPOSITORY.resolve("tocsin"));
    for (Path file : shipped) {
      assertThat(Files.readString(file))
          .as(file.toString())
          .doesNotContainIgnoringCase("HeapDump")
          .doesNotContain("CrashOnOutOfMemoryError");
    }
  }

  @Test
  void endpointsOfManagement_areHealthAndMetrics() throws IOException {
    List<String> exposed = new ArrayList<>();
    for (Path file : shipped()) {
      Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> line.contains("exposure.include"))
          .forEach(exposed::add);
    }
    assertThat(exposed)
        .isNotEmpty()
        .allMatch(line -> line.endsWith("exposure.include: health,prometheus"));
  }

  /** What starts the program, and what it is set to. */
  private static List<Path> shipped() throws IOException {
    List<Path> shipped = new ArrayList<>(List.of(REPOSITORY.resolve("tocsin")));
    shipped.add(REPOSITORY.resolve("docker-compose.yml"));
    try (Stream<Path> files = Files.walk(REPOSITORY.resolve("deploy"))) {
      files.filter(Files::isRegularFile).forEach(shipped::add);
    }
    try (Stream<Path> modules = Files.list(REPOSITORY)) {
      for (Path resources :
          modules.map(m -> m.resolve("src/main/resources")).filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.list(resources)) {
          files.filter(f -> f.toString().matches(".*\\.(yml|properties)")).forEach(shipped::add);
        }
      }
    }
    return shipped;
  }
}
