// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step.post;

import static dev.tocsin.workflow.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.workflow.step.Beginning;
import dev.tocsin.workflow.step.Means;
import dev.tocsin.workflow.step.Situation;
import dev.tocsin.workflow.step.StepAction;
import dev.tocsin.workflow.step.StepActionContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostActionTest extends StepActionContract {

  @Override
  protected StepAction action() {
    return new PostAction("http://localhost:8081");
  }

  @Override
  protected String closing() {
    return "post-edit";
  }

  /** Pressing a button changes no post. */
  @Override
  protected boolean showsByItself() {
    return false;
  }

  @Test
  void notifierThatHasNotSaidThatItPosts_isSentNone() {
    Situation early = new Situation(INCIDENT, null, false, Map.of(), Means.UNKNOWN, T0);

    assertThat(action().begin(early, NO_OPTIONS, "dlv_1"))
        .isEqualTo(new Beginning.Nothing("the notifier has not said yet that it can post"));
  }
}
