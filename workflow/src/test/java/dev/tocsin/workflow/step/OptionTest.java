// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.Severity;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionTest {

  @ParameterizedTest
  @CsvSource({
    "0s, PT0S",
    "1ms, PT0.001S",
    "60s, PT1M",
    "60000ms, PT1M",
    "1m, PT1M",
    "61s, ",
    "60001ms, ",
    "2m, ",
    "1h, ",
    "999999999h, ",
    "9999999999s, ",
    "+5s, ",
    "5 s, ",
    "' 5s', ",
    "5S, ",
    "\u0665s, ",
    "5, ",
    "s, "
  })
  void duration_isAWholeNumberWithAUnit_upToTheMost(String text, Duration taken) {
    Option option = Option.duration("wait", Duration.ofMinutes(1));

    assertThat(option.allows().test(text)).isEqualTo(taken != null);
    if (taken != null) {
      assertThat(new Options(Map.of("wait", text)).duration("wait", Duration.ZERO))
          .isEqualTo(taken);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pagerduty/default, true",
    "pagerduty/a-1, true",
    "pagerduty/, false",
    "pagerduty, false",
    "pagerduty/-a, false",
    "pagerduty/A, false",
    "pagerduty/a/notes, false",
    "pagerduty/a b, false",
    "jira/default, false",
    "xpagerduty/default, false"
  })
  void endpoint_isOneOfTheChannel(String text, boolean allowed) {
    assertThat(Option.endpoint("to", "pagerduty").allows().test(text)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"critical, CRITICAL", "Error, ERROR", "WARNING, WARNING", "info, INFO"})
  void severity_isAWordInAnyCase_andReadAsIt(String text, Severity severity) {
    assertThat(Option.severity("severity").allows().test(text)).isTrue();
    assertThat(new Options(Map.of("severity", text)).severity("severity", Severity.INFO))
        .isEqualTo(severity);
  }

  @ParameterizedTest
  @CsvSource({"fatal", "''", "critical!", "' critical'", "'critical '"})
  void severity_thatIsAllowed_canAlsoBeRead(String text) {
    assertThat(Option.severity("severity").allows().test(text)).isFalse();
  }

  @Test
  void optionThatIsNotGiven_isWhatTheStepTakesOtherwise() {
    Options none = new Options(Map.of());

    assertThat(none.text("to", "jira/default")).isEqualTo("jira/default");
    assertThat(none.duration("wait", Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(10));
    assertThat(none.severity("severity", Severity.ERROR)).isEqualTo(Severity.ERROR);
  }
}
