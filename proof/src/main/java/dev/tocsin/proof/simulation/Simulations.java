// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.simulation;

import dev.tocsin.workflow.playbook.Conditions;
import dev.tocsin.workflow.playbook.Playbooks;
import dev.tocsin.workflow.run.Decider;
import dev.tocsin.workflow.step.StepCatalog;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/** Many seeds, on all processors. */
public final class Simulations {

  private static final int MOST_SHOWN = 10;

  private Simulations() {}

  /** A decider with the playbook that ships. */
  static Decider decider() {
    StepCatalog catalog = StepCatalog.of(Duration.ofSeconds(10), "http://localhost:8081");
    return new Decider(Playbooks.load(null, catalog, new Conditions()), catalog);
  }

  /** Runs seeds from the first on, and says what came of them. Whether all were clean. */
  public static boolean run(long first, int count, PrintStream out) {
    Decider decider = decider();
    long begun = System.nanoTime();
    List<Simulation.Result> results =
        LongStream.range(first, first + count)
            .parallel()
            .mapToObj(seed -> Simulation.run(seed, decider))
            .toList();
    double minutes = (System.nanoTime() - begun) / 60e9;
    long events = results.stream().mapToLong(Simulation.Result::events).sum();
    List<Simulation.Result> unclean =
        results.stream().filter(result -> !result.violations().isEmpty()).toList();
    out.printf(
        "%d seeds, %d events in %.1f s: %.2f million events a minute%n",
        count, events, minutes * 60, events / minutes / 1e6);
    unclean.stream()
        .limit(MOST_SHOWN)
        .forEach(
            result ->
                out.printf(
                    "seed %d: %d violations, the first: %s%n",
                    result.seed(), result.violations().size(), result.violations().getFirst()));
    out.printf("%d of %d seeds are unclean%n", unclean.size(), count);
    return unclean.isEmpty();
  }
}
