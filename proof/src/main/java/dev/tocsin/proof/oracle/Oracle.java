// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.oracle;

import dev.tocsin.proof.history.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges a run by its history alone. It believes nothing the program says of itself that is not
 * borne out by what others saw.
 */
public final class Oracle {

  /** A run whose faults mostly missed has not shown much. */
  private static final double LEAST_LANDED = 0.95;

  private Oracle() {}

  /** All that is wrong; empty when nothing is. */
  public static List<Finding> judge(List<Entry> history) {
    Facts facts = new Facts(history);
    List<Finding> findings = new ArrayList<>();
    findings.addAll(new PageChecks(facts).findings());
    findings.addAll(new TicketChecks(facts).findings());
    findings.addAll(new PostChecks(facts).findings());
    findings.addAll(new EventChecks(facts).findings());
    findings.addAll(new BookChecks(facts).findings());
    findings.addAll(run(facts));
    return findings;
  }

  private static List<Finding> run(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    facts
        .all(Entry.Failed.class)
        .forEach(
            failed ->
                findings.add(
                    new Finding(
                        Check.PROCESS_FAILED,
                        "%s %s at %s".formatted(failed.role(), failed.how(), failed.at()))));
    if (facts.fired.isEmpty()) {
      findings.add(new Finding(Check.VACUOUS, "no alert was accepted"));
    }
    List<Entry.Struck> faults = facts.all(Entry.Struck.class);
    long landed = faults.stream().filter(Entry.Struck::landed).count();
    if (landed < LEAST_LANDED * faults.size()) {
      findings.add(
          new Finding(Check.VACUOUS, "%d of %d faults landed".formatted(landed, faults.size())));
    }
    if (facts.last(Entry.Healed.class) == null) {
      findings.add(new Finding(Check.VACUOUS, "the faults were never healed"));
    }
    return findings;
  }
}
