// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step.ticket;

import dev.tocsin.workflow.step.StepAction;
import dev.tocsin.workflow.step.StepActionContract;

class TicketActionTest extends StepActionContract {

  @Override
  protected StepAction action() {
    return new TicketAction("http://localhost:8081");
  }
}
