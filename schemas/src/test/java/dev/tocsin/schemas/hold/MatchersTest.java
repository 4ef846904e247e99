// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.schemas.setting.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchersTest {

  private static final Map<String, String> LABELS = Map.of("service", "checkout", "pod", "c-7");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          service, =,  checkout,     true
          service, =,  check,        false
          service, =,  "check.*",    false
          service, !=, checkout,     false
          service, !=, cart,         true
          service, =~, "check.*",    true
          service, =~, check,        false
          service, =~, heck,         false
          service, =~, "cart|check", false
          service, =~, "cart|checkout", true
          service, =~, "(?i)CHECKOUT",  true
          service, !~, "check.*",    false
          service, !~, check,        true
          absent,  =,  "",           true
          absent,  =,  x,            false
          absent,  !=, "",           false
          absent,  !=, x,            true
          absent,  =~, ".*",         true
          absent,  =~, ".+",         false
          absent,  !~, ".+",         true
          """)
  void matcher_asAlertmanagers(String label, String operator, String value, boolean matches) {
    Matchers matchers = matchers(new Setting.Matcher(label, operator, value == null ? "" : value));
    assertThat(matchers.match(LABELS)).isEqualTo(matches);
  }

  @Test
  void matchers_haveToMatchAll() {
    Setting.Matcher service = new Setting.Matcher("service", "=", "checkout");
    assertThat(matchers(service, new Setting.Matcher("pod", "=~", "c-\\d")).match(LABELS)).isTrue();
    assertThat(matchers(service, new Setting.Matcher("pod", "=~", "d.*")).match(LABELS)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          service; ~;  x;      m[0].operator should be one of =, !=, =~, !~: was ~
          service; ;   x;      m[0].operator should be one of
          ;        =;  x;      m[0].label should be a label's name of 1 to 200 characters: was null
          service; =;  ;       m[0].value should be text
          service; =~; [0-;    m[0].value should be a regular expression as RE2 reads it (missing closing ])
          service; =~; (?=a)b; m[0].value should be a regular expression as RE2 reads it (invalid or unsupported Perl syntax)
          service; =~; a{101}; m[0].value should be an expression whose counted repetitions
          service; !~; ((a{50}){50}){50}; whose counted repetitions multiply to at most 100
          service; !~; a{3,}{9,99999}; whose counted repetitions multiply to at most 100
          """)
  void matcherThatMeansNothing_isRefused(
      String label, String operator, String value, String words) {
    assertThatThrownBy(() -> matchers(new Setting.Matcher(label, operator, value)))
        .isInstanceOf(HoldFault.class)
        .hasMessageContaining(words);
  }

  @Test
  void noMatcher_tooMany_orNothingInItsPlace_isRefused() {
    Setting.Matcher one = new Setting.Matcher("a", "=", "b");
    assertThatThrownBy(() -> Matchers.of("m", List.of()))
        .hasMessage("m should be 1 to 20 matchers: was 0 matchers");
    assertThatThrownBy(() -> Matchers.of("m", Collections.nCopies(21, one)))
        .hasMessageContaining("21 matchers");
    List<Setting.Matcher> hole = new ArrayList<>(List.of(one));
    hole.add(null);
    assertThatThrownBy(() -> Matchers.of("m", hole))
        .hasMessageContaining("m[1] should be a label, an operator and a value");
  }

  @Test
  @Tag("bad-input-69")
  void expressionThatOthersGuessOnForEver_isAnsweredAtOnce() {
    Matchers matchers = matchers(new Setting.Matcher("a", "=~", "(x+x+)+y"));
    // By backtracking, this would be 2^5000 guesses.
    assertThat(matchers.match(Map.of("a", "x".repeat(5_000)))).isFalse();
  }

  private static Matchers matchers(Setting.Matcher... all) {
    return Matchers.of("m", List.of(all));
  }
}
