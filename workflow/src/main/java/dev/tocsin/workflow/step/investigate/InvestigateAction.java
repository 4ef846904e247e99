// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step.investigate;

import dev.tocsin.workflow.step.Beginning;
import dev.tocsin.workflow.step.Option;
import dev.tocsin.workflow.step.Options;
import dev.tocsin.workflow.step.Situation;
import dev.tocsin.workflow.step.StepAction;
import java.time.Duration;
import java.util.List;

/** Asks the agent for context. What comes in time goes out with the page, the rest as a note. */
public final class InvestigateAction implements StepAction {

  /** Somebody is hurt while a page waits, so a playbook cannot make it wait longer than this. */
  public static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private static final Duration LEASE = Duration.ofSeconds(90);

  private final Duration contextDeadline;

  public InvestigateAction(Duration contextDeadline) {
    this.contextDeadline = contextDeadline;
  }

  @Override
  public String kind() {
    return "investigate";
  }

  @Override
  public List<Option> options() {
    return List.of(Option.duration("wait", LONGEST_WAIT));
  }

  @Override
  public Beginning begin(Situation situation, Options options, String id) {
    return new Beginning.HandsOut(options.duration("wait", contextDeadline), LEASE);
  }
}
