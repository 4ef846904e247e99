// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.hold;

import dev.tocsin.schemas.setting.Setting;
import java.util.List;
import java.util.Map;

/** An inhibition rule that can be asked: Alertmanager's semantics. */
public final class InhibitionRule {

  private static final int MOST_EQUAL = 20;
  private static final int LONGEST_REASON = 1_000;

  private final Setting.Inhibition inhibition;
  private final Matchers source;
  private final Matchers target;

  private InhibitionRule(Setting.Inhibition inhibition, Matchers source, Matchers target) {
    this.inhibition = inhibition;
    this.source = source;
    this.target = target;
  }

  /** Throws a {@link HoldFault} when it means nothing. */
  public static InhibitionRule of(Setting.Inhibition inhibition) {
    Matchers source = Matchers.of("sourceMatchers", inhibition.sourceMatchers());
    Matchers target = Matchers.of("targetMatchers", inhibition.targetMatchers());
    List<String> equal = inhibition.equal();
    if (equal.size() > MOST_EQUAL || equal.stream().anyMatch(l -> l == null || l.isBlank())) {
      throw new HoldFault("equal", equal, "at most %d names of labels".formatted(MOST_EQUAL));
    }
    if (inhibition.reason().isBlank() || inhibition.reason().length() > LONGEST_REASON) {
      throw new HoldFault(
          "reason", inhibition.reason(), "text of 1 to %d characters".formatted(LONGEST_REASON));
    }
    return new InhibitionRule(inhibition, source, target);
  }

  public Setting.Inhibition inhibition() {
    return inhibition;
  }

  public boolean isSource(Map<String, String> labels) {
    return source.match(labels);
  }

  public boolean isTarget(Map<String, String> labels) {
    return target.match(labels);
  }

  /** The values that a source and its targets have in common. */
  public List<String> common(Map<String, String> labels) {
    return inhibition.equal().stream().map(label -> labels.getOrDefault(label, "")).toList();
  }

  /**
   * Whether a firing source, one whose values in common are the same, holds a target back. An alert
   * on both sides is held back by none that is on both sides too: two would silence each other, and
   * one itself.
   */
  public boolean holdsBack(Map<String, String> target, Map<String, String> source) {
    return !(isSource(target) && isTarget(source));
  }
}
