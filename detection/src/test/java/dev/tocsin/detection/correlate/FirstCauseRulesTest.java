// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import static dev.tocsin.detection.correlate.LinkRulesTest.T0;
import static dev.tocsin.detection.correlate.LinkRulesTest.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.FirstCause;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirstCauseRulesTest {

  private static final Map<String, String> NONE = Map.of();

  private final FirstCauseRules rules =
      new FirstCauseRules(CorrelationSettings.DEFAULT, LinkRulesTest.GRAPH, Companions.NONE);

  @Test
  void whatTheOthersDependOn_isFirst_evenWhenItOpenedLast() {
    FirstCause first =
        rules.of(List.of(of("web", 0, NONE), of("checkout", 20, NONE), of("postgres", 40, NONE)));
    assertThat(first.service()).isEqualTo("postgres");
    assertThat(first.among()).isEqualTo(3);
    assertThat(first.reasons())
        .containsExactly("2 of the 2 others depend on postgres: checkout, web");
    assertThat(first.score()).isBetween(0.7, 0.9);
  }

  @Test
  void ofServicesThatKnowNothingOfEachOther_theEarliestIs() {
    FirstCause first = rules.of(List.of(of("mail", 95, NONE), of("cart", 0, NONE)));
    assertThat(first.service()).isEqualTo("cart");
    assertThat(first.reasons()).containsExactly("it opened first, 1 min 35 s before the next");
  }

  @Test
  void severity_decidesBetweenEquals() {
    FirstCause first =
        rules.of(List.of(of("cart", 0, NONE), of("mail", 0, NONE).withSeverity(Severity.CRITICAL)));
    assertThat(first.service()).isEqualTo("mail");
    assertThat(first.reasons()).containsExactly("it is the worst of them: critical");
  }

  @Test
  void anomalyBeforeAnyAlert_isAReason() {
    FirstCause first =
        rules.of(List.of(of("cart", 0, NONE), of("mail", 3, NONE).offBand(T0.minusSeconds(60))));
    assertThat(first.service()).isEqualTo("mail");
    assertThat(first.reasons())
        .containsExactly("its metric left its band before any of the others opened");
  }

  @Test
  void nothingStandsOut_andItIsSaid() {
    FirstCause first = rules.of(List.of(of("mail", 0, NONE), of("cart", 0, NONE)));
    assertThat(first.service()).isEqualTo("cart");
    assertThat(first.reasons())
        .containsExactly("nothing else speaks for any of them, and it is the earliest");
  }
}
