// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import static dev.tocsin.notifier.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.notification.Content;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StraysTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Watched OPEN =
      Watched.unresolved("inc_1", 2, "prod/shop", NOON.minusSeconds(600));
  private static final Watched OVER = OPEN.resolve(NOON);

  private final Strays strays = new Strays(PATIENCE);

  @Test
  void stray_isGivenTime_thenHealedAFewTimes_evenMoreRarely() {
    assertThat(turn(PATIENCE.minusSeconds(1))).isZero();
    heal(PATIENCE, 1);
    assertThat(turn(PATIENCE.multipliedBy(5).minusSeconds(1))).isZero();
    heal(PATIENCE.multipliedBy(5), 2);
    assertThat(turn(PATIENCE.multipliedBy(13).minusSeconds(1))).isZero();
    heal(PATIENCE.multipliedBy(13), 3);
    assertThat(turn(Duration.ofDays(300))).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "inc_1, 2, open, never",
    "inc_1, 1, open, since the epoch after",
    "inc_1, 2, over, since its end",
    "inc_1, 1, over, since the epoch after",
    "inc_1, 3, over, never",
  })
  void page_mayBeOpenAsLongAsItsEpochIs(String incident, int epoch, String state, String expected) {
    Watched watched = state.equals("open") ? OPEN : OVER;
    Instant since = Strays.overSince(new Mark(incident, epoch), watched);
    String inWords =
        since == null
            ? "never"
            : since.equals(OPEN.since()) ? "since the epoch after" : "since its end";
    assertThat(inWords).isEqualTo(expected);
  }

  @Test
  void pageOfAnUnknownIncident_isLeftAlone() {
    assertThat(Strays.overSince(new Mark("inc_9", 1), null)).isNull();
  }

  @Test
  void healing_goesOverTheLane_inOrder_underAnIdOfContent() {
    Stray stray = Stray.page(OVER, "tocsin-inc_1-2", 1, PATIENCE, NOON);
    assertThat(stray.heal().content()).isEqualTo(new Content.PageResolve("tocsin-inc_1-2"));
    assertThat(stray.heal().endpoint()).isEqualTo("pagerduty/default");
    assertThat(stray.heal().order()).isEqualTo("inc_1");
    Stray again = Stray.page(OVER, "tocsin-inc_1-2", 1, PATIENCE, NOON.plusSeconds(9));
    assertThat(again.heal().id()).isEqualTo(stray.heal().id());
    assertThat(again.note().id()).isEqualTo(stray.note().id());
    Stray second = Stray.page(OVER, "tocsin-inc_1-2", 2, PATIENCE, NOON);
    assertThat(second.heal().id()).isNotEqualTo(stray.heal().id());
  }

  @ParameterizedTest
  @CsvSource({
    "tocsin-inc_1-2,   inc_1, 2",
    "tocsin-inc_1,     inc_1, 0",
    "tocsin-inc_1-x,   '',    0",
    "tocsin-inc_1-,    '',    0",
    "tocsin-team,      '',    0",
    "tocsin,           '',    0",
    "inc_1,            '',    0",
    "'',               '',    0",
  })
  void name_isReadAsAMark_orIsNotOurs(String name, String incident, int epoch) {
    Mark mark = Mark.read(name);
    assertThat(mark).isEqualTo(incident.isEmpty() ? null : new Mark(incident, epoch));
  }

  private int turn(Duration after) {
    return strays.turn("page", NOON, NOON.plus(after));
  }

  private void heal(Duration after, int times) {
    assertThat(turn(after)).isEqualTo(times);
    strays.healed("page", times, NOON.plus(after));
  }
}
