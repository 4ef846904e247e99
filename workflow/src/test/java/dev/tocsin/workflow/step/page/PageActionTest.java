// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.workflow.Samples;
import dev.tocsin.workflow.step.Beginning;
import dev.tocsin.workflow.step.Options;
import dev.tocsin.workflow.step.StepAction;
import dev.tocsin.workflow.step.StepActionContract;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageActionTest extends StepActionContract {

  @Override
  protected StepAction action() {
    return new PageAction("http://localhost:8081");
  }

  @Test
  void page_saysWhatWhereAndSinceWhen() {
    Content.Page page = page(NO_OPTIONS);

    assertThat(page.summary()).isEqualTo("CheckoutSlow");
    assertThat(page.severity()).isEqualTo(Severity.ERROR);
    assertThat(page.source()).isEqualTo("checkout");
    assertThat(page.component()).isEqualTo("checkout");
    assertThat(page.group()).isEqualTo("shop");
    assertThat(page.since()).isEqualTo(Samples.T0.minusSeconds(60));
    assertThat(page.details().keySet()).containsExactly("Firing", "Labels", "Incident");
  }

  @Test
  void severity_isThePlaybooksWhereItSays() {
    assertThat(page(new Options(Map.of("severity", "critical"))).severity())
        .isEqualTo(Severity.CRITICAL);
  }

  private Content.Page page(Options options) {
    return (Content.Page) ((Beginning.Opens) action().begin(before(), options, "dlv_1")).content();
  }
}
