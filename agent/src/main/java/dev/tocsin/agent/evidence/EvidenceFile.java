// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.evidence;

import dev.tocsin.agent.guard.Masker;
import dev.tocsin.schemas.context.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of one investigation: masked, cut to size, numbered in the order it came.
 *
 * <p>There is no other way for evidence into a context or to a model.
 */
public final class EvidenceFile {

  /** Beyond this many, evidence is left out, so that a context always fits a record. */
  public static final int MOST = 40;

  private static final int LONGEST_TEXT = 2_000;
  private static final int LONGEST_LINE = 500;
  private static final int LONGEST_LINK = 2_000;

  private final Masker masker;
  private final List<Evidence> evidence = new ArrayList<>();

  public EvidenceFile(Masker masker) {
    this.masker = masker;
  }

  /** The evidence as it was filed; null when the file is full. */
  public synchronized @Nullable Evidence add(Evidence found) {
    if (evidence.size() >= MOST) {
      return null;
    }
    Evidence filed =
        new Evidence(
            "e" + (evidence.size() + 1),
            found.source(),
            masker.shown(found.title(), LONGEST_LINE),
            masker.shown(found.text(), LONGEST_TEXT),
            masker.shown(found.query(), LONGEST_LINE),
            found.at(),
            link(found.link()));
    evidence.add(filed);
    return filed;
  }

  public synchronized List<Evidence> all() {
    return List.copyOf(evidence);
  }

  /** A link is http(s), short and without a secret, or it is none. */
  private @Nullable String link(@Nullable String link) {
    boolean fit =
        link != null
            && link.length() <= LONGEST_LINK
            && (link.startsWith("https://") || link.startsWith("http://"))
            && masker.mask(link).equals(link);
    return fit ? link : null;
  }
}
