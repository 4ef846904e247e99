// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.workflow.Samples;
import dev.tocsin.workflow.step.StepCatalog;
import java.time.Duration;
import java.util.Map;

/** A file of any bytes is a playbook, or has faults with a place and words. */
class PlaybookFuzzTest {

  private static final StepCatalog CATALOG =
      StepCatalog.of(Duration.ofSeconds(10), "http://localhost:8081");
  private static final Conditions CONDITIONS = new Conditions();
  private static final Incident INCIDENT = Incident.opened(Samples.opened(Samples.SLOW));

  @FuzzTest(maxDuration = "2m")
  void playbook(byte[] file) {
    Playbooks playbooks;
    try {
      playbooks = Playbooks.read(Map.of("p.yml", file), CATALOG, CONDITIONS, new Faults());
    } catch (PlaybookFaultsException faults) {
      assertThat(faults.getMessage()).contains("p.yml:");
      return;
    }
    assertThat(playbooks.names()).hasSize(1);
  }

  /** Whatever compiles is answered, and whatever cannot be answered counts as met. */
  @FuzzTest(maxDuration = "2m")
  void condition(@NotNull String condition) {
    boolean compiles = CONDITIONS.check(condition).isEmpty();

    Conditions.Answer answer = CONDITIONS.ask(condition, INCIDENT);

    assertThat(compiles || answer.met()).isTrue();
    assertThat(answer.trouble() == null || answer.met()).isTrue();
  }
}
