// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupRuleTest {

  private final GroupRule rule = GroupRule.DEFAULT;

  @Test
  void key_namesOrgAndLabelsInTheRulesOrder() {
    assertThat(rule.of("1", Map.of("service", "c", "namespace", "b", "cluster", "a", "pod", "x")))
        .hasValue(
            new GroupRule.Group(
                "org=1,cluster=a,namespace=b,service=c",
                Map.of("cluster", "a", "namespace", "b", "service", "c")));
  }

  @Test
  void absentAndEmptyLabels_areLeftOut() {
    assertThat(rule.of("", Map.of("cluster", "", "service", "c")))
        .hasValue(new GroupRule.Group("org=1,service=c", Map.of("service", "c")));
  }

  @Test
  void labelsOfNoGroup_haveNone() {
    assertThat(rule.of("1", Map.of("alertname", "Watchdog"))).isEmpty();
    assertThat(new GroupRule(List.of()).of("1", Map.of("cluster", "a"))).isEmpty();
  }

  @Test
  void values_cannotForgeAnotherGroup() {
    String forged = key("", Map.of("cluster", "a,service=c", "service", "d"));
    assertThat(forged).isNotEqualTo(key("", Map.of("cluster", "a", "service", "d")));
    assertThat(key("1,cluster=a", Map.of("service", "c")))
        .isNotEqualTo(key("1", Map.of("cluster", "a", "service", "c")));
    assertThat(key("", Map.of("service", "\\\\,"))).isNotEqualTo(key("", Map.of("service", ",")));
  }

  @Test
  void widerLabelsWithoutTheNarrowest_makeNoGroup() {
    assertThat(rule.of("1", Map.of("cluster", "a", "namespace", "b"))).isEmpty();
  }

  @Test
  void sendersWithoutOrganisations_speakOfGrafanasFirstOne() {
    assertThat(key("", Map.of("service", "c"))).isEqualTo(key("1", Map.of("service", "c")));
    assertThat(key("2", Map.of("service", "c"))).isNotEqualTo(key("1", Map.of("service", "c")));
  }

  @Test
  void labelNamedTwice_countsOnce() {
    assertThat(new GroupRule(List.of("a", "a")).of("", Map.of("a", "1")))
        .hasValue(new GroupRule.Group("org=1,a=1", Map.of("a", "1")));
  }

  private String key(String org, Map<String, String> labels) {
    return rule.of(org, labels).orElseThrow().key();
  }
}
