// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.ingest.source.Report;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.GroupRule;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.alert.Severity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AlertGroupsTest {

  private final AlertGroups groups = new AlertGroups(GroupRule.DEFAULT);

  @Test
  void groupingLabels_makeTheGroupAcrossSources() {
    Report api = report("1", Map.of("service", "api", "cluster", "eu-1"), "{}:{}");

    assertThat(groups.of("grafana", api).key()).isEqualTo("org=1,cluster=eu-1,service=api");
    assertThat(groups.of("grafana-b", api)).isEqualTo(groups.of("grafana", api));
    assertThat(groups.of("grafana", api).labels())
        .isEqualTo(Map.of("cluster", "eu-1", "service", "api"));
  }

  @Test
  void clusterWithoutService_isLeftToTheSendersGroup() {
    Report node = report("1", Map.of("cluster", "eu-1"), "{}:{alertname=\"NodeDown\"}");

    assertThat(groups.of("grafana", node).key())
        .isEqualTo("org=1,source=grafana,group={}:{alertname=\"NodeDown\"}");
  }

  @Test
  void alertWithoutAnyGroup_isGroupedByItsName() {
    assertThat(groups.of("am", report("", Map.of("alertname", "Down"), null)).key())
        .isEqualTo("org=1,source=am,alertname=Down");
  }

  @Test
  @Tag("bad-input-50")
  void organisations_neverMix() {
    Map<String, String> labels = Map.of("service", "api");

    assertThat(groups.of("grafana", report("1", labels, null)).key())
        .isNotEqualTo(groups.of("grafana", report("2", labels, null)).key());
  }

  @Test
  void labelValue_cannotPassForAnotherLabel() {
    Report sly = report("1", Map.of("service", "api", "cluster", "a,namespace=b"), null);
    Report plain = report("1", Map.of("service", "api", "cluster", "a", "namespace", "b"), null);

    assertThat(groups.of("grafana", sly).key()).isNotEqualTo(groups.of("grafana", plain).key());
  }

  @Test
  void endlessGroupKeys_becomeHashesThatDiffer() {
    String first = groups.of("am", report("", Map.of(), "x".repeat(9000) + "1")).key();
    String second = groups.of("am", report("", Map.of(), "x".repeat(9000) + "2")).key();

    assertThat(first).hasSizeLessThan(500).isNotEqualTo(second);
  }

  private static Report report(String org, Map<String, String> labels, @Nullable String groupKey) {
    return new Report(
        org,
        null,
        AlertKind.CONDITION,
        AlertStatus.FIRING,
        Severity.ERROR,
        "title",
        labels,
        Map.of(),
        null,
        null,
        groupKey,
        Map.of(),
        null,
        Map.of(),
        Links.NONE,
        0,
        "{}",
        List.of());
  }
}
