// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixedSignatureTest {

  private static final byte[] BODY =
      "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8);

  /** With the secret {@code Jefe}: test case 2 of RFC 4231. */
  private static final String RIGHT =
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

  private static final String WRONG = "0".repeat(64);

  private final PrefixedSignature signature =
      new PrefixedSignature(List.of("another", "Jefe"), "v1=");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1=" + RIGHT,
        "v1=0000000000000000000000000000000000000000000000000000000000000000,v1=" + RIGHT,
        "v2=ff, v1=" + RIGHT + " ,v0=x",
      })
  void oneRightAmongThem_isEnough(String header) {
    assertThat(signature.isRight(List.of(header), "", BODY)).isTrue();
  }

  @Test
  void severalHeaders_areOneList() {
    assertThat(signature.isRight(List.of("v1=" + WRONG, "v1=" + RIGHT), "", BODY)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",,,",
        RIGHT,
        "V1=" + RIGHT,
        "v2=" + RIGHT,
        "v1=0000000000000000000000000000000000000000000000000000000000000000",
        "v1=5bdcc146",
        "v1=zzdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
      })
  void nothingElse_isRight(String header) {
    assertThat(signature.isRight(List.of(header), "", BODY)).isFalse();
  }

  @Test
  void whatIsSignedAheadOfTheBody_isAPartOfIt() {
    byte[] rest = "for nothing?".getBytes(StandardCharsets.UTF_8);
    List<String> given = List.of("v1=" + RIGHT);
    assertThat(signature.isRight(given, "what do ya want ", rest)).isTrue();
    assertThat(signature.isRight(given, "what did ya want ", rest)).isFalse();
    assertThat(signature.isRight(given, "", rest)).isFalse();
  }

  @Test
  void anotherBody_isNotSigned() {
    byte[] another = "what do ya want for something?".getBytes(StandardCharsets.UTF_8);
    assertThat(signature.isRight(List.of("v1=" + RIGHT), "", another)).isFalse();
  }

  @Test
  void onlyTheFirstFew_areLookedAt() {
    String many = ("v1=" + WRONG + ",").repeat(8) + "v1=" + RIGHT;
    assertThat(signature.isRight(List.of(many), "", BODY)).isFalse();
  }

  @Test
  void withoutASecret_nothingIsRight() {
    PrefixedSignature none = new PrefixedSignature(List.of(), "v1=");
    assertThat(none.hasNoSecret()).isTrue();
    assertThat(none.isRight(List.of("v1=" + RIGHT), "", BODY)).isFalse();
  }
}
