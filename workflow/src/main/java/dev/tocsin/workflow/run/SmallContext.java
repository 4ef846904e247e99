// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

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
        cut(c.summary(), LONGEST),
        c.probableCause() == null ? null : cut(c.probableCause(), LONGEST),
        c.confidence(),
        c.evidenceFor().stream().limit(MOST).map(t -> cut(t, LONGEST_EVIDENCE)).toList(),
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
        cut(e.title(), LONGEST_EVIDENCE),
        cut(e.text(), LONGEST_EVIDENCE),
        cut(e.query(), LONGEST_EVIDENCE),
        e.at(),
        e.link());
  }

  private static List<String> cut(List<String> texts) {
    return texts.stream().limit(MOST).map(t -> cut(t, LONGEST_EVIDENCE)).toList();
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + '…';
  }
}
