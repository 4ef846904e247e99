// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step.investigate;

import dev.tocsin.workflow.step.StepAction;
import dev.tocsin.workflow.step.StepActionContract;

class InvestigateActionTest extends StepActionContract {

  @Override
  protected StepAction action() {
    return new InvestigateAction(java.time.Duration.ofSeconds(10));
  }
}
