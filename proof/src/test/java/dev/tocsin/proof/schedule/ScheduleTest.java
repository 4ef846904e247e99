// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleTest {

  private static final List<String> ROLES = List.of("broker", "notifier");
  private static final List<String> STUBS = List.of("jira", "receiver-1");

  @TempDir Path directory;

  @Test
  void equalSeeds_makeEqualFaults_andOthersDoNot() {
    List<Fault> faults = Dice.roll(7, 50, ROLES, STUBS);
    assertThat(Dice.roll(7, 50, ROLES, STUBS)).isEqualTo(faults);
    assertThat(Dice.roll(8, 50, ROLES, STUBS)).isNotEqualTo(faults);
    assertThat(new Schedule(7, false, 1, 1, 1, 0, 1, faults).kills()).isEqualTo(50);
  }

  @Test
  void moreKills_keepTheFirstOnes() {
    List<Fault> few = Dice.roll(7, 10, ROLES, STUBS);
    assertThat(Dice.roll(7, 50, ROLES, STUBS)).startsWith(few.toArray(Fault[]::new));
  }

  @Test
  void fiftyKills_haveEveryKindOfFaultAmongThem() {
    assertThat(Dice.roll(1, 50, ROLES, STUBS))
        .hasAtLeastOneElementOfType(Fault.Freeze.class)
        .hasAtLeastOneElementOfType(Fault.Storm.class)
        .anyMatch(f -> f instanceof Fault.Kill k && k.hasty())
        .anyMatch(f -> f instanceof Fault.Kill k && k.afterPageMillis() != null);
  }

  @Test
  void aScheduleReadAgain_isTheSame() {
    Schedule schedule = new Schedule(3, true, 2, 4, 10, 110, 1, Dice.roll(3, 20, ROLES, STUBS));
    Path file = directory.resolve("schedule.json");
    schedule.write(file);
    assertThat(Schedule.read(file)).isEqualTo(schedule);
  }
}
