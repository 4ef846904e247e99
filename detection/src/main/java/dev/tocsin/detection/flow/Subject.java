// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import java.util.Map;

/**
 * What something unusual is about: an alert, a service, a team or everything.
 *
 * @param key its identity among all of these
 * @param name as people call it
 * @param group the alert group it belongs to; for what belongs to none, its key
 */
public record Subject(String key, String name, String group, Map<String, String> labels) {

  /** All alerts of an organisation. */
  private static final String EVERYTHING = "everything/";

  static Subject alert(KeyFlow alert) {
    return new Subject(
        "alert/" + alert.identity(), '“' + alert.title() + '”', alert.group(), alert.labels());
  }

  static Subject service(Report report) {
    String name =
        report.groupLabels().isEmpty()
            ? report.group()
            : String.join("/", report.groupLabels().values());
    return new Subject("service/" + report.group(), name, report.group(), report.groupLabels());
  }

  static Subject team(Report report) {
    String key = "team/" + report.org() + '/' + report.team();
    return new Subject(key, "team " + report.team(), key, Map.of("team", report.team()));
  }

  static Subject everything(Report report) {
    String key = EVERYTHING + report.org();
    return new Subject(key, "everything", key, Map.of());
  }

  public boolean isEverything() {
    return key.startsWith(EVERYTHING);
  }
}
