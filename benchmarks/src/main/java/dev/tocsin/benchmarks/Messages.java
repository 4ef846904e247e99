// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Messages as Grafana and Alertmanager send and take them; every alert is an incident of its own.
 */
final class Messages {

  private Messages() {}

  static String service(int number) {
    return "load-" + number;
  }

  /** A Grafana webhook with as many alerts as asked for, from {@code first} on. */
  static String grafana(int first, int count, Instant startsAt) {
    return grafana(first, count, Integer.MAX_VALUE, startsAt);
  }

  /**
   * @param services how many there are: several alerts are of one
   */
  static String grafana(int first, int count, int services, Instant startsAt) {
    String alerts =
        IntStream.range(first, first + count)
            .mapToObj(number -> grafanaAlert(number, number % services, startsAt))
            .collect(Collectors.joining(","));
    return """
        {"receiver":"load","status":"firing","orgId":1,"version":"1","groupKey":"{}:{}","truncatedAlerts":0,"title":"load","state":"alerting",
         "externalURL":"https://grafana.example.com/","groupLabels":{},"commonLabels":{},"commonAnnotations":{},"alerts":[%s]}
        """
        .formatted(alerts);
  }

  private static String grafanaAlert(int number, int service, Instant startsAt) {
    return """
        {"status":"firing","labels":{"alertname":"LoadAlert","cluster":"eu-1","namespace":"load","service":"%1$s","severity":"critical","team":"platform"},
         "annotations":{"summary":"%1$s does not answer","description":"No answer within five seconds, three times running.","runbook_url":"https://runbooks.example.com/load"},
         "startsAt":"%2$s","endsAt":"0001-01-01T00:00:00Z","fingerprint":"%3$016x","values":{"B":0.5},"valueString":"",
         "generatorURL":"https://grafana.example.com/alerting/grafana/load/view?orgId=1","silenceURL":"","dashboardURL":"","panelURL":"","orgId":1}"""
        .formatted(service(service), startsAt, number);
  }

  /** The body of a {@code POST /api/v2/alerts} to Alertmanager, with the same alerts. */
  static String alertmanager(int first, int count, Instant startsAt) {
    return IntStream.range(first, first + count)
        .mapToObj(
            number ->
                """
                {"labels":{"alertname":"LoadAlert","cluster":"eu-1","namespace":"load","service":"%1$s","severity":"critical","team":"platform"},
                 "annotations":{"summary":"%1$s does not answer","description":"No answer within five seconds, three times running.","runbook_url":"https://runbooks.example.com/load"},
                 "startsAt":"%2$s","generatorURL":"https://grafana.example.com/alerting/grafana/load/view?orgId=1"}"""
                    .formatted(service(number), startsAt))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
