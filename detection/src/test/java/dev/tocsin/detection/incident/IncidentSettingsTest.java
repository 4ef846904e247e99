// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncidentSettingsTest {

  @ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
  @CsvSource({
    "-PT1S, PT15M, PT24H, PT1M, reopen-within should be from PT0S to PT2160H: was PT-1S",
    "PT2161H, PT15M, PT24H, PT1M, reopen-within should be from PT0S to PT2160H: was PT2161H",
    "PT10M, PT0S, PT24H, PT1M, not-a-recovery-after should be from PT0.001S to PT2160H: was PT0S",
    "PT10M, PT2161H, PT24H, PT1M, not-a-recovery-after should be",
    "PT10M, PT15M, -PT1S, PT1M, expire-after should be",
    "PT10M, PT15M, PT2161H, PT1M, expire-after should be",
    "PT10M, PT15M, PT24H, -PT1M, release-after should be",
    "PT10M, PT15M, PT24H, PT1000000000H, release-after should be",
  })
  @Tag("bad-input-74")
  void timeThatIsNegative_orLongerThanAnythingIsKept_isRefused(
      Duration reopen, Duration recovery, Duration expire, Duration release, String words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IncidentSettings(reopen, recovery, expire, release, 1000))
        .withMessageStartingWith("tocsin.detection.incident." + words);
  }

  @Test
  @Tag("bad-input-74")
  void flappingWithinLongerThanAnythingIsKept_isRefused() {
    Duration day = Duration.ofDays(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FlappingSettings(5, Duration.ofDays(91), day));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FlappingSettings(5, day, day.negated()));
    assertThatCode(() -> new FlappingSettings(5, Duration.ofDays(90), Duration.ofMillis(1)))
        .doesNotThrowAnyException();
  }

  @Test
  void longestAndShortest_areTaken() {
    Duration longest = Duration.ofDays(90);
    Duration shortest = Duration.ofMillis(1);
    Duration none = Duration.ZERO;
    assertThatCode(
            () -> {
              new IncidentSettings(longest, longest, longest, longest, 1);
              new IncidentSettings(none, shortest, shortest, none, 100_000);
              new FlappingSettings(3, shortest, longest);
              new FlappingSettings(100, longest, shortest);
            })
        .doesNotThrowAnyException();
  }
}
