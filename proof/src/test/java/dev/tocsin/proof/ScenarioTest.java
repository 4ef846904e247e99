// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tocsin.proof.failpoint.Failpoints;
import dev.tocsin.proof.schedule.Fault;
import dev.tocsin.proof.schedule.Schedule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScenarioTest {

  @TempDir Path directory;

  private static Schedule schedule(String... arguments) {
    Options options = Options.parse(List.of(arguments));
    return options.scenario().schedule(options);
  }

  @ParameterizedTest
  @EnumSource
  void schedule_hasFaultsWithNumbersOfTheirOwn_andCanBeKept(Scenario scenario) {
    Schedule schedule = schedule("--scenario", scenario.label());
    assertThat(schedule.faults()).isNotEmpty();
    assertThat(schedule.faults()).extracting(Fault::id).doesNotHaveDuplicates();
    Path file = directory.resolve("schedule.json");
    schedule.write(file);
    assertThat(Schedule.read(file)).isEqualTo(schedule);
  }

  @Test
  void failpoints_areAllThere_andOthersPassesComeWithOtherSeeds() {
    assertThat(
            schedule("--scenario", "failpoints").faults().stream()
                .filter(Fault.Halt.class::isInstance)
                .map(fault -> ((Fault.Halt) fault).place()))
        .containsExactlyInAnyOrderElementsOf(
            Failpoints.list().stream().map(failpoint -> failpoint.name()).toList());
    assertThat(schedule("--scenario", "failpoints", "--seed", "2").faults())
        .isNotEqualTo(schedule("--scenario", "failpoints", "--seed", "1").faults());
  }

  @Test
  void minutes_areHowLongSomebodyIsAway() {
    assertThat(schedule("--scenario", "kafka-away", "--minutes", "30").faults())
        .singleElement()
        .isInstanceOfSatisfying(
            Fault.Outage.class,
            outage -> assertThat(outage.forMillis()).isEqualTo(Duration.ofMinutes(30).toMillis()));
    assertThat(schedule("--scenario", "pagerduty-away", "--minutes", "10").faults()).hasSize(20);
    assertThat(schedule("--scenario", "pagerduty-away").pagesPerMinute()).isEqualTo(110);
  }

  @Test
  void incidentsArePosted_whereThatDoesNotProlongTheRun_andEveryBuildKnowsSlack() {
    assertThat(
            Arrays.stream(Scenario.values())
                .filter(s -> !schedule("--scenario", s.label()).slack()))
        .containsExactly(Scenario.KAFKA_AWAY, Scenario.UPGRADE);
  }

  @Test
  void aNameThatDoesNotExist_isAnsweredWithThoseThatDo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Scenario.named("kafka-gone"))
        .withMessageContaining("kafka-away");
  }
}
