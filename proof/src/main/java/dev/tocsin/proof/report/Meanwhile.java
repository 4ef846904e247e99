// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.report;

import dev.tocsin.proof.history.Entry;
import dev.tocsin.proof.stub.Outside;
import java.util.List;

/** What came between an alert's acceptance and its page. */
enum Meanwhile {
  NOTHING("undisturbed", "#2a7"),
  KILL("one kill", "#e90"),
  FREEZE("one freeze", "#84c"),
  /** Everything else that is done to a role or a disk, and a storm at PagerDuty. */
  OTHER("one other fault", "#999"),
  SEVERAL("several of them", "#c33");

  private final String label;
  private final String colour;

  Meanwhile(String label, String colour) {
    this.label = label;
    this.colour = colour;
  }

  String label() {
    return label;
  }

  String colour() {
    return colour;
  }

  /** Whether it can hold up a page: a storm at anybody else's receiver cannot. */
  static boolean isInTheWay(Entry.Struck fault) {
    return !fault.kind().startsWith("storm") || fault.target().equals(Outside.PAGERDUTY);
  }

  static Meanwhile of(List<Entry.Struck> faults) {
    if (faults.size() > 1) {
      return SEVERAL;
    }
    return faults.stream().map(Meanwhile::of).findFirst().orElse(NOTHING);
  }

  private static Meanwhile of(Entry.Struck fault) {
    if (fault.isKill()) {
      return KILL;
    }
    return fault.kind().equals("freeze") ? FREEZE : OTHER;
  }
}
