// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlTest {

  private static final String LINK = "http://prometheus.example/graph?";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // what an alert's rule says; what it measures
        "up == 0; up",
        "up==0; up",
        "rate(errors[5m]) > 0.5; rate(errors[5m])",
        "free_bytes < 1e9; free_bytes",
        "delta(t[1h]) <= -2.5e-3; delta(t[1h])",
        "x >= bool 5; x",
        "x != +1; x",
        "a > 1 and b > 2; a > 1 and b",
        // no last comparison with a number
        "a > b; a > b",
        "a > b * 100; a > b * 100",
        "(a > 5); (a > 5)",
        "a > 1 - 2; a > 1 - 2",
        "up{path!=\"/a<5\"}; up{path!=\"/a<5\"}",
        // nothing else
        "> 5; > 5"
      })
  void threshold_isTakenOff_soThatTheValueIsSeenWhileItHeldNot(String rule, String measured) {
    assertThat(PromQl.withoutThreshold(rule)).isEqualTo(measured);
  }

  @Test
  void expression_isFoundInALink() {
    String expression = "sum(rate(http_requests_total{code=~\"5..\"}[5m])) / 2 > 0.1 # 100 %";
    String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);

    assertThat(PromQl.inLink(LINK + "g0.expr=" + encoded + "&g0.tab=1")).hasValue(expression);
    assertThat(PromQl.inLink(LINK + "g0.tab=1&g0.expr=" + encoded)).hasValue(expression);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no link",
        "http://prometheus.example/graph",
        LINK,
        LINK + "g0.expr=",
        LINK + "g0.expr=%20",
        LINK + "g1.expr=up",
        LINK + "xg0.expr=up",
        LINK + "g0.expr=%",
        LINK + "g0.expr=a b",
        "https://grafana.example/alerting/grafana/abc/view?orgId=1",
        "http://["
      })
  void linkWithoutAnExpression_hasNone(String link) {
    assertThat(PromQl.inLink(link)).isEmpty();
  }

  @Test
  void expressionOfALongLink_isNotAsked() {
    assertThat(PromQl.inLink(LINK + "g0.expr=" + "x".repeat(2_000))).isPresent();
    assertThat(PromQl.inLink(LINK + "g0.expr=" + "x".repeat(2_001))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = ';',
      value = {
        "up; up",
        "up{job=\"{job}\"}; up{job=\"shop\"}",
        "up{job=\"{job}\",pod=~\"{job}-.*\"}; up{job=\"shop\",pod=~\"shop-.*\"}",
        "up{job=\"{job}\",zone=\"{zone}\"}; -",
        "up{host=\"{host}\"}; up{host=\"a\\\"b\\\\c\"}",
        "up{job=\"{jo b}\"}; up{job=\"{jo b}\"}"
      })
  void template_isFilledFromLabels_orNotAsked(String template, String expected) {
    assertThat(PromQl.fill(template, Map.of("job", "shop", "host", "a\"b\\c")).orElse(null))
        .isEqualTo(expected);
  }
}
