// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.ingest.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {

  private static final String HEADER = "X-Grafana-Alerting-Signature";
  private static final byte[] BODY = "test message".getBytes(StandardCharsets.UTF_8);
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  // Of BODY with the secret "secret": HMAC-SHA256, and with "1700000000:" before it.
  private static final String SIGNED =
      "3bcebf43c85d20bba6e3b6ba278af1d2ba3ab0d57de271b0ad30b833e851c5a6";
  private static final String SIGNED_WITH_TIME =
      "36fa366a807205a13fc507ea4413374566ad5808c7ca7653f94d121fe5e64c2d";

  private final Authentication byToken = with(null, List.of("t-old", "t-new"), null, null);
  private final Authentication bySignature = with(null, null, List.of("next", "secret"), null);
  private final Authentication byTimedSignature = with(null, null, List.of("secret"), "X-Sent-At");

  @Test
  void eitherToken_isRightWhileRotating() {
    assertAccepted(byToken, Map.of("Authorization", "Bearer t-old"));
    assertAccepted(byToken, Map.of("Authorization", "bearer  t-new"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer wrong", "Bearer t-old,t-new", "t-old", "Bearer", "Basic dC1vbGQ="})
  void wrongToken_isRefused(String authorization) {
    assertRefused(byToken, Map.of("Authorization", authorization)).hasMessageContaining("Bearer");
  }

  @Test
  void noCredentials_areRefusedWithWhatIsRight() {
    assertRefused(byToken, Map.of())
        .hasMessageContaining("no header Authorization")
        .hasMessageContaining("'Authorization: Bearer <token>'");
  }

  @Test
  void sourceWithoutCredentials_refusesAllAndNamesTheKeys() {
    Authentication unset = with(null, null, null, null);

    assertRefused(unset, Map.of("Authorization", "Bearer t-old"))
        .hasMessageContaining("tocsin.ingest.sources.shop.token")
        .hasMessageContaining("tocsin.ingest.sources.shop.hmac-secret");
  }

  @Test
  void openSource_takesAnybody() {
    Authentication open =
        new Authentication(
            "shop", new SourceSettings(null, null, null, null, null, null, true, true));

    assertAccepted(open, Map.of());
  }

  @Test
  void basicAuthentication_isRightWithNameAndPassword() {
    Authentication basic =
        new Authentication(
            "shop", new SourceSettings(null, null, null, null, "am", "pä:ss", true, false));

    assertAccepted(basic, Map.of("Authorization", "Basic YW06cMOkOnNz"));
    assertRefused(basic, Map.of("Authorization", "Basic YW06d3Jvbmc="));
    assertRefused(basic, Map.of("Authorization", "Basic !!"));
  }

  @Test
  void signature_isRightUnderBothHeadersAndInBothCases() {
    assertAccepted(bySignature, Map.of(HEADER, SIGNED));
    assertAccepted(bySignature, Map.of("X-Grafana-Alert-Signature", SIGNED));
    assertAccepted(bySignature, Map.of(HEADER, SIGNED.toUpperCase(Locale.ROOT)));
  }

  @Test
  void bodyWithOneMoreSpace_isRefused() {
    Presented request = request(Map.of(HEADER, SIGNED), null);
    byte[] changed = "test message ".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> bySignature.checkBody(request, changed, NOW))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("HMAC-SHA256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "sha256=" + SIGNED, SIGNED + "00", "zz"})
  void signatureInAnotherForm_isRefused(String signature) {
    assertRefused(bySignature, Map.of(HEADER, signature));
  }

  @Test
  void twoSignatures_areRefused() {
    assertRefused(bySignature, Map.of(HEADER, SIGNED, "X-Grafana-Alert-Signature", SIGNED))
        .hasMessageContaining("2 signatures");
  }

  @Test
  void missingSignature_isRefusedBeforeTheBodyIsRead() {
    assertThatThrownBy(() -> bySignature.checkBeforeBody(request(Map.of(), null)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no signature");
  }

  @Test
  void timedSignature_isRightWithinFiveMinutes() {
    Map<String, String> headers = Map.of(HEADER, SIGNED_WITH_TIME, "X-Sent-At", "1700000000");

    assertThatCode(() -> check(byTimedSignature, headers, NOW.plusSeconds(300)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> check(byTimedSignature, headers, NOW.plusSeconds(301)))
        .hasMessageContaining("300 s");
    assertThatThrownBy(() -> check(byTimedSignature, headers, NOW.minusSeconds(301)))
        .hasMessageContaining("300 s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e9", "-1", "9999999999999", " 1700000000", "+1700000000", "", "now"})
  void timestampThatIsNoSeconds_isRefused(String seconds) {
    assertRefused(byTimedSignature, Map.of(HEADER, SIGNED_WITH_TIME, "X-Sent-At", seconds));
  }

  @Test
  void signatureWithoutItsTimestamp_isRefused() {
    assertRefused(byTimedSignature, Map.of(HEADER, SIGNED)).hasMessageContaining("X-Sent-At");
  }

  @Test
  void tokenOrSignature_eitherSuffices() {
    Authentication both = with(null, List.of("t"), List.of("secret"), null);

    assertAccepted(both, Map.of("Authorization", "Bearer t"));
    assertAccepted(both, Map.of(HEADER, SIGNED));
    assertAccepted(both, Map.of(HEADER, SIGNED, "Authorization", "Bearer other"));
  }

  @Test
  void wrongSignature_isRefusedThoughTheTokenIsRight() {
    Authentication both = with(null, List.of("t"), List.of("secret"), null);

    assertRefused(both, Map.of("Authorization", "Bearer t", HEADER, SIGNED.replace('3', '4')));
  }

  @Test
  void tokenInTheQuery_isRefused() {
    assertThatThrownBy(() -> byToken.checkBeforeBody(request(Map.of(), "a=b&Token=t-old")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("header Authorization")
        .hasMessageNotContaining("t-old");
  }

  @Test
  void settings_tellAllTheirFaultsAndNoSecret() {
    SourceSettings wrong =
        new SourceSettings(null, List.of(), List.of("a", ""), null, "u", null, true, true);

    assertThat(wrong.faults("key")).hasSize(4).allMatch(fault -> fault.startsWith("key"));
    assertThat(wrong.toString()).doesNotContain("\"a\"", "[a").contains("hmacSecrets=2");
  }

  private static Authentication with(
      @Nullable String type,
      @Nullable List<String> tokens,
      @Nullable List<String> secrets,
      @Nullable String timestampHeader) {
    return new Authentication(
        "shop",
        new SourceSettings(type, tokens, secrets, timestampHeader, null, null, true, false));
  }

  private static void assertAccepted(Authentication authentication, Map<String, String> headers) {
    assertThatCode(() -> check(authentication, headers, NOW)).doesNotThrowAnyException();
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(
      Authentication authentication, Map<String, String> headers) {
    return assertThatThrownBy(() -> check(authentication, headers, NOW))
        .isInstanceOf(Refusal.class);
  }

  private static void check(Authentication by, Map<String, String> headers, Instant now) {
    by.checkBeforeBody(request(headers, null));
    by.checkBody(request(headers, null), BODY, now);
  }

  private static Presented request(Map<String, String> headers, @Nullable String query) {
    Map<String, String> lower = new HashMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return new Presented() {
      @Override
      public List<String> header(String name) {
        String value = lower.get(name.toLowerCase(Locale.ROOT));
        return value == null ? List.of() : List.of(value);
      }

      @Override
      public @Nullable String query() {
        return query;
      }
    };
  }
}
