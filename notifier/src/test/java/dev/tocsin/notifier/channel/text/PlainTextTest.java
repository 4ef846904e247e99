// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {

  @Test
  void clean_takesOutWhatNoReaderShouldMeet() {
    assertThat(PlainText.clean("a\u0000b\u202Ec\uD800d\te\nf\u0007")).isEqualTo("abcd\te\nf");
    assertThat(PlainText.clean("naïve 🔥 café")).isEqualTo("naïve 🔥 café");
  }

  @Test
  void line_isOneLine() {
    assertThat(PlainText.line("  a\r\n\r\n b\t c ")).isEqualTo("a b c");
  }

  @Test
  void cut_marksWhereAndSplitsNoCharacter() {
    assertThat(PlainText.cut("short", 10)).isEqualTo("short");
    assertThat(PlainText.cut("x".repeat(20), 10)).isEqualTo("xxx… [cut]");
    assertThat(PlainText.cut("x🔥🔥🔥🔥🔥🔥", 10)).isEqualTo("x🔥… [cut]");
    assertThat(PlainText.cut("xx🔥🔥🔥🔥🔥🔥", 10)).isEqualTo("xx… [cut]");
  }

  @ParameterizedTest
  @CsvSource({
    "https://grafana.example/d/1, true",
    "HTTP://grafana.example, true",
    "javascript:alert(1), false",
    "//grafana.example, false",
    "https://a\"b, false",
    "data:text/html;x, false",
    "'', false",
  })
  void webLink_isHttpAndNothingElse(String href, boolean expected) {
    assertThat(PlainText.isWebLink(href)).isEqualTo(expected);
  }
}
