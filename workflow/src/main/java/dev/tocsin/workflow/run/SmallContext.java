// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import dev.tocsin.schemas.Cut;
import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.context.Evidence;
import java.util.List;

/** Context that fits a page, a ticket and the state beside the incident. */
final class SmallContext {

  private static final int MOST = 20;
  private static final int LONGEST = 4_000;
  private static final int LONGEST_EVIDENCE = 1_000;

  private SmallContext() {}

  static Context of(Context c) {
    return new Context(
        Cut.to(LONGEST, c.summary()),
        c.probableCause() == null ? null : Cut.to(LONGEST, c.probableCause()),
        c.confidence(),
        c.evidenceFor().stream().limit(MOST).map(t -> Cut.to(LONGEST_EVIDENCE, t)).toList(),
        c.evidence().stream().limit(MOST).map(SmallContext::of).toList(),
        cut(c.nextSteps()),
        cut(c.followUpQuestions()),
        c.model(),
        c.tokens(),
        c.tookMillis(),
        c.at());
  }

  private static Evidence of(Evidence e) {
    return new Evidence(
        e.id(),
        e.source(),
        Cut.to(LONGEST_EVIDENCE, e.title()),
        Cut.to(LONGEST_EVIDENCE, e.text()),
        Cut.to(LONGEST_EVIDENCE, e.query()),
        e.at(),
        e.link());
  }

  private static List<String> cut(List<String> texts) {
    return texts.stream().limit(MOST).map(t -> Cut.to(LONGEST_EVIDENCE, t)).toList();
  }
}
