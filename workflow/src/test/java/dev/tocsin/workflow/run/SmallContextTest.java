// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import static dev.tocsin.workflow.Samples.CONTEXT;
import static dev.tocsin.workflow.Samples.EVIDENCE_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.context.Context;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmallContextTest {

  @Test
  void usualContext_isKeptAsItIs() {
    assertThat(SmallContext.of(CONTEXT)).isEqualTo(CONTEXT);
    assertThat(SmallContext.of(EVIDENCE_ONLY)).isEqualTo(EVIDENCE_ONLY);
  }

  @Test
  void longContext_isCut_andLosesNoneOfItsParts() {
    Context small = SmallContext.of(of(Collections.nCopies(30, "x".repeat(5_000))));

    String cut = "x".repeat(999) + '…';
    assertThat(small).isEqualTo(of(Collections.nCopies(20, cut)));
  }

  private static Context of(List<String> texts) {
    return new Context("", null, 0.5, texts, List.of(), texts, texts, "gpt-x", 1, 1, CONTEXT.at());
  }
}
