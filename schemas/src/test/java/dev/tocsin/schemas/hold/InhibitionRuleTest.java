// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.schemas.setting.Setting;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InhibitionRuleTest {

  private static final List<Setting.Matcher> NODE_DOWN =
      List.of(new Setting.Matcher("alertname", "=", "NodeDown"));
  private static final List<Setting.Matcher> LESSER =
      List.of(new Setting.Matcher("severity", "!=", "critical"));

  @Test
  void valuesInCommon_areThoseOfTheEqualLabels_andAbsentIsEmpty() {
    InhibitionRule rule = InhibitionRule.of(rule(List.of("node", "cluster"), "a node is down"));
    assertThat(rule.common(Map.of("node", "n1", "cluster", "")))
        .isEqualTo(rule.common(Map.of("node", "n1", "pod", "p")))
        .isNotEqualTo(rule.common(Map.of("node", "n2")));
    assertThat(InhibitionRule.of(rule(List.of(), "why")).common(Map.of("a", "b"))).isEmpty();
  }

  @Test
  void alertOnBothSides_isHeldBackOnlyByOneThatIsNot() {
    InhibitionRule rule = InhibitionRule.of(rule(List.of(), "why"));
    Map<String, String> both = Map.of("alertname", "NodeDown", "severity", "warning");
    Map<String, String> source = Map.of("alertname", "NodeDown", "severity", "critical");
    Map<String, String> target = Map.of("alertname", "PodDown", "severity", "warning");
    assertThat(rule.isSource(both) && rule.isTarget(both)).isTrue();
    assertThat(rule.holdsBack(both, both)).isFalse();
    assertThat(rule.holdsBack(both, source)).isTrue();
    assertThat(rule.holdsBack(target, both)).isTrue();
    assertThat(rule.isTarget(source)).isFalse();
  }

  @Test
  void ruleThatMeansNothing_isRefused() {
    Setting.Inhibition noSource =
        new Setting.Inhibition("i", 1, List.of(), LESSER, List.of(), "why", "ann", Instant.EPOCH);
    assertThatThrownBy(() -> InhibitionRule.of(noSource))
        .hasMessageContaining("sourceMatchers should be 1 to 20 matchers");
    Setting.Inhibition noTarget =
        new Setting.Inhibition(
            "i", 1, NODE_DOWN, List.of(), List.of(), "why", "ann", Instant.EPOCH);
    assertThatThrownBy(() -> InhibitionRule.of(noTarget))
        .hasMessageContaining("targetMatchers should be 1 to 20 matchers");
    assertThatThrownBy(() -> InhibitionRule.of(rule(Arrays.asList("node", null), "why")))
        .hasMessageContaining("equal should be at most 20 names of labels");
    assertThatThrownBy(() -> InhibitionRule.of(rule(List.of("node"), " ")))
        .hasMessageContaining("reason should be text");
  }

  private static Setting.Inhibition rule(List<String> equal, String reason) {
    return new Setting.Inhibition(
        "inh_1", 1, NODE_DOWN, LESSER, equal, reason, "ann", Instant.EPOCH);
  }
}
