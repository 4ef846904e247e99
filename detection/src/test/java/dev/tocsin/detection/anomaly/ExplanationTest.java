// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.detection.anomaly.Judgement.Band;
import dev.tocsin.detection.anomaly.Judgement.Judged;
import dev.tocsin.detection.anomaly.Judgement.Rarity;
import dev.tocsin.detection.anomaly.Judgement.Turn;
import dev.tocsin.schemas.anomaly.Anomaly.Aspect;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0            | 0",
        "-0.0         | 0",
        "7            | 7",
        "7.10         | 7.1",
        "-7.1234      | -7.123",
        "0.001        | 0.001",
        "0.00099      | 0.000990",
        "999.9996     | 1000",
        "1234.5       | 1235",
        "1000000      | 1000000",
        "999999999    | 999999999",
        "1000000000   | 1.00e+09",
        "-25000000000 | -2.50e+10"
      })
  void number_isShort_andReadable(double value, String expected) {
    assertThat(Explanation.number(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0   | as one sample in 1;",
        "1.5 | as one sample in 32;",
        "2.5 | as one sample in 310;",
        "3   | as one sample in 1,000;",
        "4.2 | as one sample in 15,800;",
        "6   | as one sample in a million;",
        "99  | as one sample in a million;"
      })
  void rarity_isRoundedAsPeopleSpeak(double surprise, String expected) {
    assertThat(Explanation.of(judged(130, 100, surprise, NOON, Turn.OFF_BAND))).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // value | expected -> what the change is in per cent, if that says something
        "130     | 100  | band 90 to 110, +30 %)",
        "70      | 100  | band 90 to 110, -30 %)",
        "5       | -10  | band -20 to 0, +150 %)",
        "5       | 0    | band -10 to 10)",
        "1000000 | 0.01 | band -9.99 to 10.01)"
      })
  void change_isToldInPerCent_whereThatSaysSomething(double value, double expected, String words) {
    assertThat(Explanation.of(judged(value, expected, 3, null, Turn.OFF_BAND))).contains(words);
  }

  @Test
  void sentence_saysHowFarHowRareAndWhenBefore() {
    assertThat(Explanation.of(judged(130, 100, 3, NOON, Turn.OFF_BAND)))
        .isEqualTo(
            "130 is 6 scales above what was expected (100, band 90 to 110, +30 %); it jumped, as"
                + " one sample in 1,000; as far off was last seen 2026-11-22 12:00 UTC; the series"
                + " is still being learnt");
    assertThat(Explanation.of(judged(70, 100, 3, null, Turn.FARTHER)))
        .startsWith("70 is 6 scales below what")
        .contains("as far off was never seen");
    assertThat(Explanation.of(judged(101, 100, 3, null, Turn.BACK)))
        .isEqualTo("back in its band: 101, expected 90 to 110");
  }

  private static Judged judged(
      double value, double expected, double surprise, Instant lastSeen, Turn turn) {
    return new Judged(
        NOON,
        value,
        new Band(expected, expected - 10, expected + 10),
        (value - expected) / 5,
        1,
        new Rarity(surprise, Aspect.JUMP, lastSeen),
        turn,
        NOON,
        true,
        true);
  }
}
