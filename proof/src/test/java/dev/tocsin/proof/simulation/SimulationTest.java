// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.workflow.run.Decider;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A few hundred runs in virtual time, and that they could have failed. */
class SimulationTest {

  private static final int SEEDS = 200;
  private static final Decider DECIDER = Simulations.decider();

  @Test
  void hundredsOfSeeds_loseAndDoubleNothing() {
    List<Simulation.Result> unclean =
        LongStream.range(0, SEEDS)
            .parallel()
            .mapToObj(seed -> Simulation.run(seed, DECIDER))
            .filter(result -> !result.violations().isEmpty())
            .toList();
    assertThat(unclean).isEmpty();
  }

  @Test
  void workersThatStartHoweverLate_areFound_andByTheSameSeedEachTime() {
    // One seed in some three hundred finds it; the first is near here.
    Simulation.Result found =
        LongStream.range(250, 250 + SEEDS)
            .mapToObj(seed -> Simulation.runCareless(seed, DECIDER))
            .filter(result -> !result.violations().isEmpty())
            .findFirst()
            .orElseThrow(() -> new AssertionError("no seed finds it"));
    for (int i = 0; i < 10; i++) {
      assertThat(Simulation.runCareless(found.seed(), DECIDER)).isEqualTo(found);
    }
  }

  @Test
  void sameSeed_isTheSameRun_andAnotherIsNot() {
    Simulation.Result once = Simulation.run(42, DECIDER);
    assertThat(Simulation.run(42, DECIDER)).isEqualTo(once);
    assertThat(Simulation.run(43, DECIDER).trace()).isNotEqualTo(once.trace());
    assertThat(once.events()).isGreaterThan(100);
  }
}
