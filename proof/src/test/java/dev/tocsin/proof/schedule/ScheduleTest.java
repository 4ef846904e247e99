// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
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
    assertThat(new Schedule(7, false, 1, 1, 1, 0, 1, true, faults).kills()).isEqualTo(50);
  }

  @Test
  void moreKills_keepTheFirstOnes() {
    List<Fault> few = Dice.roll(7, 10, ROLES, STUBS, false);
    assertThat(Dice.roll(7, 50, ROLES, STUBS, false)).startsWith(few.toArray(Fault[]::new));
  }

  @Test
  void oneMoreWhoCanMisbehave_changesStormsAlone() {
    List<String> more = List.of("jira", "slack", "receiver-1");
    List<Fault> before = Dice.roll(7, 50, ROLES, STUBS, false);
    List<Fault> after = Dice.roll(7, 50, ROLES, more, false);
    assertThat(after).isNotEqualTo(before);
    assertThat(withoutStorms(after)).isEqualTo(withoutStorms(before));
  }

  private static List<Fault> withoutStorms(List<Fault> faults) {
    return faults.stream().filter(f -> !(f instanceof Fault.Storm)).toList();
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
  void aScheduleFromBeforeSlack_hasNone() throws IOException {
    Path file = directory.resolve("schedule.json");
    Files.writeString(
        file,
        """
        {"seed":1,"together":false,"perSecond":2,"receivers":3,"minutes":5,"pagesPerMinute":0,"brokers":1,
         "faults":[]}""");
    assertThat(Schedule.read(file))
        .isEqualTo(new Schedule(1, false, 2, 3, 5, 0, 1, false, List.of()));
  }

  @Test
  void aScheduleReadAgain_isTheSame() {
    Schedule schedule =
        new Schedule(3, true, 2, 4, 10, 110, 1, true, Dice.roll(3, 20, ROLES, STUBS, false));
    Path file = directory.resolve("schedule.json");
    schedule.write(file);
    assertThat(Schedule.read(file)).isEqualTo(schedule);
  }
}
