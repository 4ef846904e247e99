// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LoginsTest {

  private static final String TOKEN = "0123456789abcdef";

  @Test
  void passwordMadeUp_isLoggedOnceAndWorks(CapturedOutput output) {
    Logins logins = new Logins(settings(null));
    Matcher logged = Pattern.compile("as admin with (\\w{20})\\b").matcher(output.getOut());
    assertThat(logged.find()).isTrue();
    assertThat(logins.whoAsks(basic("admin:" + logged.group(1)))).contains("admin");
    assertThat(logins.whoAsks(basic("admin:"))).isEmpty();
    assertThat(logged.find()).isFalse();
  }

  @Test
  void token_isKnownByANameThatGivesNothingAway() {
    Logins logins = new Logins(settings("a long password"));
    assertThat(logins.whoAsks("bearer  " + TOKEN))
        .hasValueSatisfying(
            name -> assertThat(name).matches("token-[0-9a-f]{8}").doesNotContain(TOKEN));
    assertThat(logins.whoAsks("Bearer")).isEmpty();
    assertThat(logins.whoAsks("Basic %%%")).isEmpty();
  }

  @Test
  void shortToken_stopsTheStartWithoutBeingShown() {
    assertThatThrownBy(() -> new AuthSettings(8081, null, List.of(TOKEN, "secret"), true))
        .hasMessage("tocsin.console.api-tokens[1] should have at least 16 characters: has 6");
    assertThat(settings("hidden").toString()).doesNotContain("hidden", TOKEN);
  }

  private static AuthSettings settings(@Nullable String password) {
    return new AuthSettings(8081, password, List.of(TOKEN), true);
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
