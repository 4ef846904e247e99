// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import static dev.tocsin.notifier.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.watch.LaneBoard;
import dev.tocsin.notifier.watch.NotifierMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PausesTest {

  @ParameterizedTest
  @CsvSource({
    // every, asked for at most, the fault asks for -> the pause
    "PT15S, PT10M, ,      PT15S",
    "PT15S, PT10M, PT0S,  PT15S",
    "PT15S, PT10M, PT14S, PT15S",
    "PT15S, PT10M, PT16S, PT16S",
    "PT15S, PT10M, PT10M, PT10M",
    "PT15S, PT10M, PT24H, PT10M",
    "PT1H,  PT10M, PT24H, PT1H"
  })
  void pause_isTheIntervalOrWhatIsAskedFor_withinABound(
      Duration interval, Duration longest, Duration asked, Duration expected) {
    NotifierMetrics metrics =
        new NotifierMetrics(new SimpleMeterRegistry(), new LaneBoard(), () -> NOON);
    Pauses pauses = new Pauses(interval, longest, PageRules.VIA, "what people do", metrics);

    assertThat(pauses.after(asked == null ? null : new Fault("429", "too many", asked)))
        .isEqualTo(expected);
  }
}
