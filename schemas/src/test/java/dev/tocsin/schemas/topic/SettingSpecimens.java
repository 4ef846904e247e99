// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.topic;

import static dev.tocsin.schemas.topic.Specimens.AT;
import static dev.tocsin.schemas.topic.Specimens.LATER;

import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.setting.Setting;
import java.util.List;
import java.util.Map;

/** Settings of every kind, once with everything said and once with as little as allowed. */
final class SettingSpecimens {

  private SettingSpecimens() {}

  static List<Setting> all() {
    return List.of(
        new Setting.Subscription(
            "sub_a",
            "https://example.test/hook",
            List.of("dev.tocsin.incident.*"),
            new Setting.Filter(Severity.ERROR, Map.of("service", "checkout")),
            1,
            true,
            "admin",
            AT),
        new Setting.Subscription(
            "sub_b", "https://b.test", List.of(), new Setting.Filter(null, null), 1, true, "", AT),
        subscription(1),
        new Setting.Subscription(
            "sub_d", "https://d.test", List.of(), null, 2, true, "ada", AT, LATER),
        new Setting.Disabled("sub_a", "notifier", "failing for 5 days", AT),
        new Setting.Model("default", "small-model", AT),
        new Setting.Channel("pagerduty", Map.of("page-note", "notes need a token"), AT),
        new Setting.Channel("jira", Map.of(), AT),
        new Setting.Silence(
            "sil_a",
            2,
            List.of(
                new Setting.Matcher("service", "=", "checkout"),
                new Setting.Matcher("pod", "!~", "canary-.*")),
            AT,
            LATER,
            new Setting.Recurrence("FREQ=WEEKLY;BYDAY=SU", "Europe/Berlin"),
            "the weekly restart",
            "ann",
            AT,
            LATER,
            "ben"),
        new Setting.Silence(
            "sil_b",
            1,
            List.of(new Setting.Matcher("team", "=~", "a|b")),
            AT,
            LATER,
            null,
            "moving house",
            "ann",
            AT,
            null,
            null),
        new Setting.Inhibition(
            "inh_a",
            1,
            List.of(new Setting.Matcher("alertname", "=", "NodeDown")),
            List.of(new Setting.Matcher("severity", "!=", "critical")),
            List.of("node"),
            "a node that is down takes its pods along",
            "ann",
            AT));
  }

  static Setting subscription(int secretVersion) {
    return new Setting.Subscription(
        "sub_c", "https://c.test", List.of(), null, secretVersion, false, "", AT);
  }
}
