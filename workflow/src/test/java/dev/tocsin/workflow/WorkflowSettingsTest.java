// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkflowSettingsTest {

  @Test
  void contextDeadline_isBounded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WorkflowSettings(Duration.ofMinutes(5), null, 8083))
        .withMessage("tocsin.workflow.context-deadline should be between 0s and 60s: was PT5M");
  }

  @Test
  void playbooksDir_mayBeEmpty() {
    assertThat(new WorkflowSettings(Duration.ZERO, " ", 8083).playbooks()).isNull();
    assertThat(new WorkflowSettings(Duration.ZERO, "books", 8083).playbooks())
        .isEqualTo(Path.of("books"));
  }
}
