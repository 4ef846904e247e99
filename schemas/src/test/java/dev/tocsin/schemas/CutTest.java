// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutTest {

  @ParameterizedTest
  @CsvSource({
    "4, abcd,   abcd",
    "4, abcde,  abc…",
    "4, ab🔔,   ab🔔",
    "4, ab🔔cd, ab…",
    "5, ab🔔cd, ab🔔…",
    "1, 🔔🔔,   …",
    "1, ab,     …",
    "3, '',     ''"
  })
  void text_isCutWithAMark_andNeverThroughACharacter(int most, String text, String cut) {
    assertThat(Cut.to(most, text)).isEqualTo(cut);
  }
}
