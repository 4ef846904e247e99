// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import static dev.tocsin.detection.incident.SampleAlerts.T0;
import static dev.tocsin.detection.incident.SampleAlerts.firing;
import static dev.tocsin.detection.incident.SampleAlerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.command.Command;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is counted of a group, and when nothing is left of it. */
class AlertGroupTest {

  private static final String THERE = "org=1,service=db";
  private static final AlertGroup GROUP = AlertGroup.unknown(SampleAlerts.GROUP);

  private final Scene scene = new Scene();

  @Test
  void group_countsWhatFires_whatItKnows_andWhatIsOver() {
    scene.on(firing("a1"));
    scene.on(firing("b1").of("fp2"));
    assertCounts(2, 2, 0);
    scene.on(resolved("a2"));
    scene.on(resolved("a3"));
    assertCounts(1, 2, 1);
    scene.on(firing("a4").startsAt(120));
    assertCounts(2, 2, 0);
    scene.on(new Command.Resolve("c1", scene.incidentId(), "", "ann", "console", scene.now));
    assertCounts(0, 2, 0);
    assertThat(scene.group.round()).isEqualTo(1);
    scene.after(Duration.ofHours(50));
    assertCounts(0, 0, 0);
  }

  @Test
  void endedConditionsThatAreDropped_areCountedNoMore() {
    AlertGroup fewer = GROUP.counting(1, 5, 3).without(2);

    assertThat(fewer).isEqualTo(GROUP.counting(1, 3, 1));
  }

  static List<Arguments> moved() {
    return List.of(
        Arguments.of(Redirects.NONE, false),
        Arguments.of(Redirects.NONE.tookFrom(THERE), false),
        Arguments.of(Redirects.NONE.toAll(THERE), true),
        Arguments.of(Redirects.NONE.toSome(List.of("fp1"), THERE), true),
        Arguments.of(Redirects.NONE.toAll(THERE).here(List.of()), false),
        Arguments.of(Redirects.NONE.toSome(List.of("fp1"), THERE).here(List.of("fp1")), false));
  }

  @ParameterizedTest
  @MethodSource("moved")
  void groupWithNothingLeft_isRememberedForWherePeoplePutItsAlerts(
      Redirects moved, boolean remembered) {
    assertThat(GROUP.with(moved).isForgotten()).isEqualTo(!remembered);
    assertThat(GROUP.with(moved).tidied(T0)).isEqualTo(GROUP.with(moved));
  }

  @Test
  void wishThatHoldsNoLonger_isTidiedAway() {
    Redirects ending =
        Redirects.NONE
            .toAll(THERE)
            .toSome(List.of("fp1"), "org=1,service=mail")
            .until(THERE, T0.plusSeconds(60), T0);
    AlertGroup group = GROUP.with(ending);

    assertThat(group.tidied(T0.plusSeconds(59))).isEqualTo(group);
    AlertGroup tidied = group.tidied(T0.plusSeconds(60));
    assertThat(tidied.redirects().all()).isNull();
    assertThat(tidied.redirects().some()).containsOnlyKeys("fp1");
    assertThat(GROUP.tidied(T0)).isSameAs(GROUP);
  }

  private void assertCounts(int firing, int known, int ended) {
    assertThat(List.of(scene.group.firing(), scene.group.known(), scene.group.ended()))
        .as("firing, known, ended")
        .containsExactly(firing, known, ended);
  }
}
