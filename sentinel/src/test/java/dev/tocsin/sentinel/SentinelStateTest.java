// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.sentinel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sentinel.Page.Resolve;
import dev.tocsin.sentinel.Page.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentinelStateTest {

  private static final Instant START = Instant.parse("2026-03-01T03:00:00Z");
  private static final Observation HEALTHY = new Observation.Healthy();
  private static final Observation SILENT = new Observation.Unhealthy("no answer");

  /**
   * A look every 15 s: {@code h}ealthy or {@code s}ilent; a capital letter when PagerDuty takes
   * nothing just then. What is told: {@code T}rigger, {@code R}esolve, {@code -} nothing.
   */
  @ParameterizedTest
  @CsvSource({
    "hhhhhhhh,   --------, all is well",
    "hsssh,      -----,    a restart within the patience wakes nobody",
    "hssss,      ----T,    sixty seconds of silence do",
    "hsssssss,   ----T---, once",
    "hsssshh,    ----TR-,  and it is resolved when all is well again",
    "hsssSSss,   ----TTT-, 'not taken, it is told again'",
    "hsssSh,     ----TR,   a trigger that may have arrived is resolved",
    "hssssHHhh,  ----TRRR-, 'a resolve not taken, too'",
    "hssssHssss, ----TRR--T, 'silent again, and the resolve taken a look later'",
    "hssssHSSSs, ----TRRRRT, 'silent again for so long that the page goes on'",
    "hsssshssss, ----TR---T, two outages are two pages",
    "ssss,       ---T,     'never seen alive, silence counts from the start'",
  })
  void looks_leadToPages(String looks, String told, String fact) {
    assertThat(play(looks)).as(fact).isEqualTo(told);
  }

  private static String play(String looks) {
    StringBuilder told = new StringBuilder();
    SentinelState state = watching(START.minusSeconds(15));
    for (int i = 0; i < looks.length(); i++) {
      char look = looks.charAt(i);
      boolean healthy = Character.toLowerCase(look) == 'h';
      state = state.decide(healthy ? HEALTHY : SILENT, START.plusSeconds(15L * i));
      told.append(
          switch (state.owed()) {
            case Trigger _ -> 'T';
            case Resolve _ -> 'R';
            case null -> '-';
          });
      if (Character.isLowerCase(look)) {
        state = state.told();
      }
    }
    return told.toString();
  }

  @Test
  void dedupKey_isOneOverAnOutage_andAnotherForTheNext() {
    List<String> keys = new ArrayList<>();
    SentinelState state = watching(START);
    for (int i = 0; i < 20; i++) {
      boolean healthy = i == 0 || i == 10;
      state = state.decide(healthy ? HEALTHY : SILENT, START.plusSeconds(15L * i));
      Page owed = state.owed();
      if (owed != null) {
        keys.add(owed.dedupKey());
        if (owed instanceof Resolve) {
          state = state.told();
        }
      }
    }
    assertThat(keys.stream().distinct()).hasSize(2);
    assertThat(keys).startsWith("tocsin-sentinel-" + START.getEpochSecond());
  }

  @Test
  void page_saysWhatWasLastSeenAlive_andWhatIsSeenNow() {
    SentinelState state =
        watching(START).decide(HEALTHY, START).decide(SILENT, START.plusSeconds(60));
    assertThat(state.owed())
        .isEqualTo(
            new Trigger(
                "tocsin-sentinel-" + START.getEpochSecond(),
                "Tocsin does not answer: last seen alive at 2026-03-01T03:00:00Z; now: no answer"));
  }

  @Test
  void page_saysThatItWasNeverSeenAlive() {
    SentinelState state = watching(START).decide(SILENT, START.plusSeconds(61));
    assertThat(state.owed()).isInstanceOf(Trigger.class);
    assertThat(((Trigger) state.owed()).summary()).contains("not seen alive in 61 s of watching");
  }

  @Test
  void clockThatStepsBack_pagesNobody() {
    SentinelState state =
        watching(START).decide(HEALTHY, START).decide(SILENT, START.minusSeconds(99));
    assertThat(state.owed()).isNull();
  }

  private static SentinelState watching(Instant now) {
    return SentinelState.watching(now, Duration.ofSeconds(60));
  }
}
