// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.delivery;

import static dev.tocsin.notifier.Samples.NOON;
import static dev.tocsin.notifier.Samples.page;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.topic.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnderWayTest {

  private static final Attempt ATTEMPT =
      new Attempt("att_a", 1, Attempt.Mode.SEND, NOON, NOON.plusSeconds(30), null, page("inc1"));

  @TempDir private Path directory;

  private static byte[] json(Attempt attempt) {
    return Json.MAPPER.writeValueAsBytes(attempt);
  }

  @Test
  void whatBeganAndDidNotEnd_isLeftToTheNext() {
    try (UnderWay killed = UnderWay.in(directory)) {
      killed.begin("att_a", json(ATTEMPT));
      killed.begin("att_b", json(ATTEMPT));
      killed.end("att_b");
    }
    try (UnderWay next = UnderWay.in(directory)) {
      assertThat(next.left()).containsExactly(ATTEMPT);
    }
  }

  @Test
  void whatAnotherProcessIsMaking_isNotSaidToHaveEnded() {
    try (UnderWay living = UnderWay.in(directory);
        UnderWay second = UnderWay.in(directory)) {
      living.begin("att_a", json(ATTEMPT));
      second.begin("att_b", json(ATTEMPT));
      assertThat(second.left()).isEmpty();
      second.end("att_a");
      assertThat(living.left()).containsExactly(ATTEMPT);
    }
  }

  @Test
  void fileThatWasTorn_isPassedOver_andGone() throws IOException {
    Files.write(directory.resolve("att_a.json"), new byte[] {'{', '"'});
    try (UnderWay next = UnderWay.in(directory)) {
      assertThat(next.left()).isEmpty();
      assertThat(directory.resolve("att_a.json")).doesNotExist();
    }
  }

  @Test
  void directoryThatCannotBeUsed_stopsNothing() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    try (UnderWay none = UnderWay.in(file.resolve("under-way"))) {
      none.begin("att_a", json(ATTEMPT));
      none.end("att_a");
      assertThat(none.left()).isEmpty();
    }
  }
}
