// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.group;

import dev.tocsin.ingest.source.Report;
import dev.tocsin.schemas.alert.GroupRule;
import dev.tocsin.schemas.alert.GroupRule.Group;
import java.util.Map;

/**
 * Which alerts belong to one incident: those with the same grouping labels, or else those the
 * sender groups, or else those of one name. Organisations never mix.
 */
public final class AlertGroups {

  private final GroupRule rule;

  public AlertGroups(GroupRule rule) {
    this.rule = rule;
  }

  public Group of(String source, Report report) {
    return rule.of(report.org(), report.labels()).orElseGet(() -> sendersGroup(source, report));
  }

  private static Group sendersGroup(String source, Report report) {
    String sender = GroupRule.of(report.org()) + ',' + GroupRule.part("source", source);
    String theirs = report.groupKey();
    if (theirs != null) {
      // It comes last, so it can stay as the sender wrote it.
      return new Group(GroupRule.bounded(sender + ",group=" + theirs), report.groupLabels());
    }
    String name = report.labels().getOrDefault("alertname", "");
    return new Group(
        GroupRule.bounded(sender + ',' + GroupRule.part("alertname", name)),
        Map.of("alertname", name));
  }
}
