// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step;

import dev.tocsin.workflow.step.investigate.InvestigateAction;
import dev.tocsin.workflow.step.page.PageAction;
import dev.tocsin.workflow.step.post.PostAction;
import dev.tocsin.workflow.step.ticket.TicketAction;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kinds of steps there are. A new kind is a package below this one and a line here. */
public final class StepCatalog {

  private final Map<String, StepAction> actions = new LinkedHashMap<>();

  StepCatalog(List<StepAction> actions) {
    actions.forEach(action -> this.actions.put(action.kind(), action));
  }

  /**
   * @param contextDeadline how long a page waits for context where the playbook does not say
   * @param consoleUrl where people see an incident
   */
  public static StepCatalog of(Duration contextDeadline, String consoleUrl) {
    return new StepCatalog(
        List.of(
            new InvestigateAction(contextDeadline),
            new PageAction(consoleUrl),
            new TicketAction(consoleUrl),
            new PostAction(consoleUrl)));
  }

  public Set<String> kinds() {
    return actions.keySet();
  }

  /** Null when there is no such kind. */
  public @Nullable StepAction find(String kind) {
    return actions.get(kind);
  }
}
