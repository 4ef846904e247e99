// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.graph.ServiceEdge;
import dev.tocsin.schemas.incident.FirstCause;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.incident.Relation;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What has to do with what, and what a person says of it. */
class MoveApiTest extends ConsoleContext {

  private static final Instant AT = Instant.parse("2026-11-28T12:00:00Z");

  private void open(String id, String org, String group) throws Exception {
    happened(
        Topics.INCIDENTS,
        id,
        new IncidentEvent.Opened(
            id, AT, 1, group, Map.of("service", id), id, Severity.ERROR, alert(id, org), null));
  }

  private static IncidentAlert alert(String id, String org) {
    return new IncidentAlert(
        id + "-alert",
        "grafana",
        org,
        id + "-fp",
        AlertKind.CONDITION,
        AlertStatus.FIRING,
        Severity.ERROR,
        id,
        Map.of("service", id),
        Map.of(),
        AT,
        null,
        AT,
        Map.of(),
        Links.NONE,
        0);
  }

  @Test
  void merge_isACommandToTheGroupThatTheAlertsLeave() throws Exception {
    open("inc_m1", "1", "g-m1");
    open("inc_m2", "1", "g-m2");
    var answer = post("/v1/incidents/inc_m1/merge", "{\"into\":\"inc_m2\"}");
    assertThat(answer.statusCode()).isEqualTo(202);
    String command = json(answer).get("command").asString();
    try (Records records = Records.of(broker, Topics.COMMANDS.name())) {
      assertThat(records.keysAndValues())
          .anyMatch(
              r ->
                  r.startsWith("g-m1")
                      && r.contains(command)
                      && r.contains("\"intoGroup\":\"g-m2\"")
                      && r.contains("\"whole\":true")
                      && r.contains("inc_m1-alert"));
    }
    try (Records records = Records.of(broker, Topics.AUDIT.name())) {
      assertThat(records.keysAndValues())
          .anyMatch(r -> r.contains("incident.merge") && r.contains("into inc_m2"));
    }
  }

  @Test
  void splitAndMove_takeAlertsByIdOrIdentity() throws Exception {
    open("inc_s1", "1", "g-s1");
    open("inc_s2", "1", "g-s2");
    happened(
        Topics.INCIDENTS,
        "inc_s1",
        new IncidentEvent.AlertAdded("inc_s1", AT, 1, alert("disk", "1")));
    assertThat(post("/v1/incidents/inc_s1/split", "{\"alerts\":[\"disk-alert\"]}").statusCode())
        .isEqualTo(202);
    assertThat(
            post(
                    "/v1/incidents/inc_s1/move",
                    "{\"alerts\":[\"grafana/1/disk-fp\"],\"into\":\"inc_s2\"}")
                .statusCode())
        .isEqualTo(202);
    assertThat(
            post("/v1/incidents/inc_s1/split", "{\"alerts\":[\"disk-alert\",\"inc_s1-alert\"]}")
                .statusCode())
        .as("nothing would be left")
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          merge | {"into":"inc_r1"}                   | 400 | another incident
          merge | {}                                  | 400 | another incident
          merge | {"into":"inc_none"}                 | 404 | inc_none
          merge | {"into":"inc_r2"}                   | 409 | organisation
          merge | {"into":"inc_storm"}                | 409 | storm
          merge | {"into":"inc_past"}                 | 409 | resolved
          move  | {"into":"inc_r3"}                   | 400 | ids of alerts
          move  | {"into":"inc_r3","alerts":["none"]} | 400 | none
          split | {"alerts":[]}                       | 400 | ids of alerts
          """)
  void wishThatMeansNothing_isRefused(String action, String body, int status, String says)
      throws Exception {
    open("inc_r1", "1", "g-r1");
    open("inc_r2", "2", "g-r2");
    open("inc_r3", "1", "g-r3");
    open("inc_storm", "", "storm/0/1");
    open("inc_past", "1", "g-over");
    happened(
        Topics.INCIDENTS,
        "inc_past",
        new IncidentEvent.Resolved(
            "inc_past", AT, 1, IncidentEvent.Cause.ALL_CLEAR, "tocsin", "detection"));
    var answer = post("/v1/incidents/inc_r1/" + action, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(says);
  }

  @Test
  void story_saysWhatItIsRelatedTo_andWhereItWent() throws Exception {
    open("inc_t1", "1", "g-t1");
    happened(
        Topics.INCIDENTS,
        "inc_t1",
        new IncidentEvent.Related(
            "inc_t1",
            AT,
            1,
            List.of(
                new Relation(
                    "inc_t2",
                    "db",
                    "db is down",
                    0.8,
                    List.of(new Relation.Reason(Relation.Kind.DEPENDENCY, "web depends on db")))),
            2,
            new FirstCause("inc_t2", "db", "db is down", 0.9, 4, List.of("it opened first"))));
    JsonNode story = json(get("/v1/incidents/inc_t1"));
    assertThat(story.get("relations").get(0).get("reasons").get(0).get("text").asString())
        .isEqualTo("web depends on db");
    assertThat(story.get("moreRelations").asInt()).isEqualTo(2);
    assertThat(story.get("firstCause").get("incidentId").asString()).isEqualTo("inc_t2");
    assertThat(story.get("timeline").toString())
        .contains("Related to 3 other incidents; the likely first cause is “db is down” of 4");
    happened(
        Topics.INCIDENTS,
        "inc_t1",
        new IncidentEvent.MovedOut(
            "inc_t1", AT, 1, List.of("i"), "inc_t2", "g", true, "ann", "console"));
    happened(
        Topics.INCIDENTS,
        "inc_t1",
        new IncidentEvent.Resolved("inc_t1", AT, 1, IncidentEvent.Cause.MERGED, "ann", "console"));
    assertThat(json(get("/v1/incidents/inc_t1")).get("mergedInto").asString()).isEqualTo("inc_t2");
  }

  @Test
  void services_areShownWithTheirSource_untilTheyAreTakenBack() throws Exception {
    ServiceEdge edge =
        new ServiceEdge(
            "web", "db", ServiceEdge.Source.LEARNED, true, 0.6, 7.0, 8.0, 40.0, 1e-9, AT);
    happened(Topics.SERVICE_EDGES, edge.key(), edge);
    JsonNode graph = json(get("/v1/services"));
    assertThat(graph.get("services").toString()).contains("\"db\"", "\"web\"");
    assertThat(graph.get("edges").toString())
        .contains("\"source\":\"LEARNED\"", "\"confidence\":0.6", "\"together\":7.0");
    happened(
        new ProducerRecord<>(
            Topics.SERVICE_EDGES.name(), edge.key().getBytes(StandardCharsets.UTF_8), null));
    assertThat(json(get("/v1/services")).get("edges").toString()).doesNotContain("\"web\"");
  }
}
