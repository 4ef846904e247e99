// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.sentinel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HopsTest {

  private static final Instant ARRIVED = Instant.parse("2026-11-28T12:00:00Z");

  private static Hops hops(String ingest, String detection, String workflow, String notifier) {
    return Hops.read(
        """
        {"hops":[{"hop":"ingest","beat":"%s"},{"hop":"detection","beat":"%s"},
                 {"hop":"workflow","beat":"%s"},{"hop":"notifier","beat":"%s"}]}"""
            .formatted(at(ingest), at(detection), at(workflow), at(notifier))
            .getBytes(UTF_8));
  }

  private static String at(String seconds) {
    return seconds == null ? "" : "2026-11-28T12:00:" + seconds + "Z";
  }

  @ParameterizedTest
  @CsvSource({
    "45, 45, 45, 45, 2026-11-28T12:00:45Z",
    "45, 45, 30, 15, 2026-11-28T12:00:15Z",
    "45, 45, 45,   , 1970-01-01T00:00:00Z"
  })
  void whatArrived_isWhatTheSlowestHopHas(
      String ingest, String detection, String workflow, String notifier, Instant arrived) {
    assertThat(hops(ingest, detection, workflow, notifier).arrived()).isEqualTo(arrived);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          45 | 45 | 00 | 00 | the last hop seen alive is detection (workflow last at 2026-11-28T12:00:00Z, notifier last at 2026-11-28T12:00:00Z)
          45 | 00 | 00 | 00 | the last hop seen alive is ingest (detection last at 2026-11-28T12:00:00Z, workflow last at 2026-11-28T12:00:00Z, notifier last at 2026-11-28T12:00:00Z)
          45 | 45 | 45 |    | the last hop seen alive is workflow (notifier never)
          00 | 00 | 00 | 00 | no hop sees new beats (ingest last at 2026-11-28T12:00:00Z, detection last at 2026-11-28T12:00:00Z, workflow last at 2026-11-28T12:00:00Z, notifier last at 2026-11-28T12:00:00Z)
          """)
  void hop_thatIsTheLastSeenAlive_isNamed(
      String ingest, String detection, String workflow, String notifier, String words) {
    assertThat(hops(ingest, detection, workflow, notifier).whereTheyStop(ARRIVED)).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{}", "{\"hops\":[{\"hop\":\"a\",\"beat\":\"noon\"}]}"})
  void answerOfSomebodyElse_saysNothing(String body) {
    assertThat(Hops.read(body.getBytes(UTF_8))).isNull();
  }

  @Test
  void noHopsAtAll_areNoArrival() {
    assertThat(Hops.read("{\"hops\":[]}".getBytes(UTF_8)).arrived()).isEqualTo(Instant.EPOCH);
  }
}
