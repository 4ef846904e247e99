// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.investigation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.agent.SampleIncidents;
import dev.tocsin.schemas.step.Step;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlinesTest {

  private static final Instant ISSUED = Instant.parse("2026-11-22T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    // wait, taken after, evidence after, answer after, end after: all from the issue, in ms
    "10000, 0, 4750, 9500, 60000",
    "10000, 4000, 6750, 9500, 60000",
    // half of what is left, where less than twice the way is left
    "10000, 9400, 9550, 9700, 60000",
    "600, 0, 150, 300, 60000",
    // nobody waits any more: soon, but not at once
    "10000, 10000, 12000, 14000, 60000",
    "10000, 30000, 32000, 34000, 60000",
    // handed out so late that the model's time is over: it still has as long as the answer
    "10000, 59000, 61000, 63000, 63000",
    "0, 0, 2000, 4000, 60000"
  })
  void evidence_thenAnswer_thenEnd(long wait, long taken, long evidence, long answer, long end) {
    Step step =
        SampleIncidents.step(SampleIncidents.checkoutFails(), ISSUED, Duration.ofMillis(wait));

    assertThat(Deadlines.of(step, Duration.ofSeconds(60), ISSUED.plusMillis(taken)))
        .isEqualTo(
            new Deadlines(
                ISSUED.plusMillis(evidence), ISSUED.plusMillis(answer), ISSUED.plusMillis(end)));
  }
}
