// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.anomaly.AnomalySettings;
import dev.tocsin.detection.correlate.CorrelationSettings;
import dev.tocsin.detection.incident.FlappingSettings;
import dev.tocsin.detection.incident.IncidentSettings;
import dev.tocsin.detection.sample.WatchedQuery;
import dev.tocsin.detection.storm.StormSettings;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.alert.GroupRule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything about detection that can be set; what belongs to a feature is in the feature's record.
 *
 * @param port where health and metrics are served when it runs alone
 * @param prometheusUrl where watched series are polled from; null watches none
 * @param alertmanagerUrl whose silences are honoured; null when those of no Alertmanager are
 * @param org the organisation that polled series belong to, as alerts name it: Grafana's first is 1
 * @param groupLabels the labels that make an alert group; the same as ingest uses
 * @param queries what is polled
 */
@ConfigurationProperties(prefix = "tocsin.detection", ignoreUnknownFields = false)
public record DetectionSettings(
    @DefaultValue("8082") int port,
    @Nullable String prometheusUrl,
    @Nullable String alertmanagerUrl,
    @DefaultValue("1") String org,
    @DefaultValue({"cluster", "namespace", "service"}) List<String> groupLabels,
    @DefaultValue List<WatchedQuery> queries,
    @DefaultValue IncidentSettings incident,
    @DefaultValue FlappingSettings flapping,
    @DefaultValue StormSettings storm,
    @DefaultValue AnomalySettings anomaly,
    @DefaultValue CorrelationSettings correlation) {

  /** Grows when the same input would be decided otherwise under the same settings. */
  private static final int RULES = 1;

  public DetectionSettings {
    Set<String> names = new HashSet<>();
    for (WatchedQuery query : queries) {
      if (!names.add(query.name())) {
        throw new IllegalArgumentException(
            "tocsin.detection.queries should have names of their own: two are " + query.name());
      }
    }
  }

  /** As the program is without any setting. */
  static DetectionSettings standard() {
    return new DetectionSettings(
        8082,
        null,
        null,
        "1",
        GroupRule.DEFAULT.labels(),
        List.of(),
        IncidentSettings.DEFAULT,
        FlappingSettings.DEFAULT,
        StormSettings.DEFAULT,
        AnomalySettings.DEFAULT,
        CorrelationSettings.DEFAULT);
  }

  GroupRule groupRule() {
    return new GroupRule(groupLabels);
  }

  /** Names the rules in force: another name wherever an input could be decided otherwise. */
  String ruleVersion() {
    return ContentId.of("rules", RULES, incident, flapping, storm, anomaly);
  }
}
