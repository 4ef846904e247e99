// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {

  private static final Map<String, String> SERIES =
      Map.of("__name__", "http_requests_total", "job", "shop", "code", "503", "path", "a.b\"c");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          http_requests_total                                   | true
          http_requests                                         | false
          http_requests_total{}                                 | true
          {job="shop"}                                          | true
          {job='shop', code=~'5..'}                             | true
          http_requests_total{ job = "shop" , code =~ "5.." , } | true
          http_requests_total{code=~"5."}                       | false
          http_requests_total{code!~"4..",job!="till"}          | true
          http_requests_total{zone=""}                          | true
          http_requests_total{zone!=""}                         | false
          {__name__=~"http_.+"}                                 | true
          {path=~"a\\\\.b.c"}                                   | true
          {path=~`a\\.b.c`}                                     | true
          {path="a.b\\"c"}                                      | true
          """)
  void selector_meansWhatPromQlSays(String selector, boolean matches) {
    assertThat(Selector.of(selector).matches(SERIES)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{job=~\".*\"}",
        "{job!=\"x\"}",
        "rate(http_requests_total[5m])",
        "http_requests_total{job=shop}",
        "http_requests_total{job=\"shop\"",
        "http_requests_total{job=\"shop\" code=\"5\"}",
        "{job=~\"a(\"}",
        "{job=~\"a\\.b\"}",
        "{job=~\"((a{100}){100}){100}\"}",
        "5xx"
      })
  void whatIsNoSelector_isRefusedWithWhatIsRight(String selector) {
    assertThatThrownBy(() -> Selector.of(selector))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("selector should be like")
        .hasMessageContaining(selector);
  }
}
