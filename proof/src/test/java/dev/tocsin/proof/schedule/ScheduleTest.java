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
    List<Fault> faults = Dice.roll(7, 50, ROLES, STUBS, false);
    assertThat(Dice.roll(7, 50, ROLES, STUBS, false)).isEqualTo(faults);
    assertThat(Dice.roll(8, 50, ROLES, STUBS, false)).isNotEqualTo(faults);
    assertThat(new Schedule(7, false, 1, 1, 1, 0, 1, faults).kills()).isEqualTo(50);
  }

  @Test
  void moreKills_keepTheFirstOnes() {
    List<Fault> few = Dice.roll(7, 10, ROLES, STUBS, false);
    assertThat(Dice.roll(7, 50, ROLES, STUBS, false)).startsWith(few.toArray(Fault[]::new));
  }

  @Test
  void brisk_isTheSameFaultsWithShorterPauses() {
    List<Fault> brisk = Dice.roll(7, 50, ROLES, STUBS, true);
    List<Fault> usual = Dice.roll(7, 50, ROLES, STUBS, false);
    assertThat(brisk).hasSameSizeAs(usual);
    assertThat(brisk).zipSatisfy(usual, (b, u) -> assertThat(b).hasSameClassAs(u));
    assertThat(sum(brisk)).isBetween(sum(usual) / 5, sum(usual) / 3);
  }

  private static long sum(List<Fault> faults) {
    return faults.stream().mapToLong(Fault::afterMillis).sum();
  }

  @Test
  void fiftyKills_haveEveryKindOfFaultAmongThem() {
    assertThat(Dice.roll(1, 50, ROLES, STUBS, false))
        .hasAtLeastOneElementOfType(Fault.Freeze.class)
        .hasAtLeastOneElementOfType(Fault.Storm.class)
        .anyMatch(f -> f instanceof Fault.Kill k && k.hasty())
        .anyMatch(f -> f instanceof Fault.Kill k && k.afterPageMillis() != null);
  }

  @Test
  void aScheduleReadAgain_isTheSame() {
    Schedule schedule =
        new Schedule(3, true, 2, 4, 10, 110, 1, Dice.roll(3, 20, ROLES, STUBS, false));
    Path file = directory.resolve("schedule.json");
    schedule.write(file);
    assertThat(Schedule.read(file)).isEqualTo(schedule);
  }
}
