// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentIdTest {

  /** Ids lie in topics and at vendors for months: these may never change. */
  @ParameterizedTest
  @CsvSource({
    "inc, prod/checkout, rcp_a-0, inc_7qa7faaxtdg63mzzzbkz",
    "dlv, '', '', dlv_wd3gvxedmqkymzlim2at",
    "run, \u00fcml\u00e4ut, \ud83d\udd25, run_fmoxoywocw5hkjebwfke"
  })
  void id_staysTheSameForEver(String prefix, String first, String second, String id) {
    assertThat(ContentId.of(prefix, first, second)).isEqualTo(id);
  }

  @Test
  void id_isTheFirstHundredBitsOfTheHash_inBase32() throws Exception {
    byte[] framed = "\0\0\2ab\0\0\1c".getBytes(StandardCharsets.ISO_8859_1);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(framed);
    BigInteger bits = new BigInteger(1, hash).shiftRight(256 - 100);
    StringBuilder expected = new StringBuilder();
    for (int letter = 19; letter >= 0; letter--) {
      int five = bits.shiftRight(5 * letter).intValue() & 31;
      expected.append("abcdefghijklmnopqrstuvwxyz234567".charAt(five));
    }
    assertThat(ContentId.of("x", "ab", "c")).isEqualTo("x_" + expected);
  }

  @Test
  void partsThatReadAlikeTogether_haveDifferentIds() {
    assertThat(
            Set.of(
                ContentId.of("x", "ab", "c"),
                ContentId.of("x", "a", "bc"),
                ContentId.of("x", "abc"),
                ContentId.of("x", "abc", ""),
                ContentId.of("x", "", "abc"),
                ContentId.of("x"),
                ContentId.of("x", "")))
        .hasSize(7);
  }

  @Test
  void number_countsAsItsText() {
    assertThat(ContentId.of("x", 12, true)).isEqualTo(ContentId.of("x", "12", "true"));
  }

  @Test
  void id_isSafeInAnAddress_andTheSameInAnyLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      for (int i = 0; i < 1000; i++) {
        assertThat(ContentId.of("inc", "I", i)).matches("inc_[a-z2-7]{20}");
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void manyIds_doNotCollide() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      ids.add(ContentId.of("x", i));
    }
    assertThat(ids).hasSize(100_000);
  }
}
