// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step;

import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.incident.IncidentEvent;
import java.util.List;
import java.util.stream.Stream;

/** Something that those who look at a page or a ticket may want to hear. */
public sealed interface News {

  /** The incident moved. */
  record Happened(IncidentEvent event) implements News {}

  /** Context came after the page had gone out. */
  record Found(Context context) implements News {}

  /**
   * Small things, gathered for a while so that they make one message.
   *
   * @param more how many are not listed
   */
  record Gathered(List<String> lines, int more) implements News {

    /** The lines, and how many more there were. */
    public List<String> all() {
      return more == 0 ? lines : Stream.concat(lines.stream(), Stream.of(rest())).toList();
    }

    private String rest() {
      return "and " + more + " more";
    }
  }

  /** Something the incident needed could not be delivered. */
  record Undelivered(Opened opened, String why) implements News {}
}
