// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.detection.Driven;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.graph.ServiceEdge;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.incident.Relation;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrelationTopologyTest {

  private static final Instant T0 = LinkRulesTest.T0;

  @TempDir Path state;
  private final Set<String> seen = new HashSet<>();
  private Instant now = T0;
  private TopologyTestDriver driver;

  @BeforeEach
  void start() {
    start(LinkRulesTest.GRAPH);
  }

  private void start(ServiceGraph graph) {
    Topology topology = new Topology();
    CorrelationTopology.addTo(topology, CorrelationSettings.DEFAULT, graph, _ -> {});
    driver = Driven.by(topology, state, now);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void neighboursThatOpenTogether_areRelated_andTheFirstCauseIsNamed() {
    opened("inc_web", "checkout", null);
    pass(Duration.ofSeconds(3));
    opened("inc_db", "payments", null);
    opened("inc_mail", "mail", null);
    pass(Duration.ofSeconds(7));
    List<IncidentEvent.Related> related = related();
    assertThat(related)
        .extracting(IncidentEvent.Related::incidentId)
        .containsExactlyInAnyOrder("inc_web", "inc_db");
    for (IncidentEvent.Related one : related) {
      assertThat(one.firstCause().incidentId()).isEqualTo("inc_db");
      assertThat(one.firstCause().among()).isEqualTo(2);
      assertThat(one.relations())
          .singleElement()
          .satisfies(
              r ->
                  assertThat(r.reasons())
                      .extracting(Relation.Reason::text)
                      .containsExactly("checkout depends on payments"));
    }
    pass(Duration.ofMinutes(5));
    assertThat(related()).as("said once").isEmpty();
  }

  @Test
  void oneThatOpensLater_isSaidToAll_andNothingAfterTheWindow() {
    opened("inc_web", "checkout", null);
    opened("inc_pay", "payments", null);
    pass(Duration.ofSeconds(10));
    assertThat(related()).hasSize(2);
    opened("inc_db", "postgres", null);
    pass(Duration.ofSeconds(15));
    assertThat(related())
        .hasSize(3)
        .allSatisfy(one -> assertThat(one.firstCause().incidentId()).isEqualTo("inc_db"));
    pass(Duration.ofMinutes(11));
    opened("inc_cart", "cart", null);
    pass(Duration.ofSeconds(10));
    assertThat(related()).isEmpty();
  }

  @Test
  void whatItSays_isNothingItHears() {
    opened("inc_web", "checkout", null);
    opened("inc_pay", "payments", null);
    pass(Duration.ofSeconds(10));
    List<IncidentEvent.Related> said = related();
    drain(Topics.INCIDENTS_TOGETHER);
    said.forEach(this::send);
    assertThat(drain(Topics.INCIDENTS_TOGETHER)).isEmpty();
    pass(Duration.ofMinutes(1));
    assertThat(related()).isEmpty();
  }

  @Test
  void restart_saysNothingTwice_andForgetsNothing() {
    Correlation before = new Correlation(CorrelationSettings.DEFAULT, LinkRulesTest.GRAPH);
    before.happened(event("inc_web", "checkout", null), now);
    before.happened(event("inc_pay", "payments", null), now);
    assertThat(before.due(now.plusSeconds(5))).hasSize(2);
    Correlation after = new Correlation(CorrelationSettings.DEFAULT, LinkRulesTest.GRAPH);
    before.sightings().all().forEach(after.sightings()::restore);
    after.restored(now.plusSeconds(6));
    assertThat(after.due(now.plusSeconds(60))).isEmpty();
    after.happened(event("inc_db", "postgres", null), now.plusSeconds(61));
    assertThat(after.due(now.plusSeconds(90))).hasSize(3);
  }

  @Test
  void memory_isBounded() {
    Correlation correlation = new Correlation(CorrelationSettings.DEFAULT, LinkRulesTest.GRAPH);
    for (int i = 0; i < Correlation.MOST_SIGHTINGS + 50; i++) {
      correlation.happened(event("inc_" + i, "cart", null), now);
    }
    assertThat(correlation.sightings().all()).hasSize(Correlation.MOST_SIGHTINGS);
    assertThat(correlation.due(now.plusSeconds(5)))
        .isNotEmpty()
        .allSatisfy(
            one ->
                assertThat(one.relations().size() + one.more())
                    .isLessThanOrEqualTo(Correlation.MOST_LINKS));
    assertThat(correlation.due(now.plus(Duration.ofHours(1)))).isNotEmpty();
  }

  @Test
  void storm_namesTheFirstCauseAmongItsChildren() {
    opened("inc_storm", null, null);
    for (int i = 0; i < 60; i++) {
      opened("inc_s" + i, "service-" + i, "inc_storm");
    }
    opened("inc_db", "postgres", "inc_storm");
    opened("inc_pay", "payments", "inc_storm");
    opened("inc_cart", "cart", "inc_storm");
    pass(Duration.ofSeconds(20));
    IncidentEvent.Related storm =
        related().stream()
            .filter(one -> one.incidentId().equals("inc_storm"))
            .reduce((_, last) -> last)
            .orElseThrow();
    assertThat(storm.relations()).hasSize(Correlation.MOST_RELATIONS);
    assertThat(storm.more()).isEqualTo(43);
    assertThat(storm.firstCause().incidentId()).isEqualTo("inc_db");
    assertThat(storm.firstCause().reasons().getFirst())
        .isEqualTo("2 of the 62 others depend on postgres: cart, payments");
  }

  @Test
  void storm_namesAFirstCauseThatOpenedBeforeItsLimitWasReached() {
    opened("inc_old", "mail", null);
    pass(Duration.ofSeconds(61));
    opened("inc_db", "postgres", null);
    pass(Duration.ofSeconds(10));
    opened("inc_storm", null, null);
    opened("inc_pay", "payments", "inc_storm");
    opened("inc_cart", "cart", "inc_storm");
    pass(Duration.ofSeconds(20));
    IncidentEvent.Related storm =
        related().stream()
            .filter(one -> one.incidentId().equals("inc_storm"))
            .reduce((_, last) -> last)
            .orElseThrow();
    assertThat(storm.relations())
        .extracting(Relation::incidentId)
        .containsExactlyInAnyOrder("inc_db", "inc_pay", "inc_cart");
    assertThat(storm.firstCause().incidentId()).isEqualTo("inc_db");
  }

  @Test
  void edgesOfTheFile_areTold_andTakenBackWhenTheFileSaysThemNoLonger() {
    pass(Duration.ofSeconds(2));
    assertThat(drain(Topics.SERVICE_EDGES))
        .extracting(edge -> edge.key)
        .containsExactlyInAnyOrder(
            "FILE cart -> postgres",
            "FILE checkout -> cart",
            "FILE checkout -> payments",
            "FILE payments -> postgres",
            "FILE web -> checkout");
    pass(Duration.ofMinutes(2));
    assertThat(drain(Topics.SERVICE_EDGES)).isEmpty();
  }

  @Test
  void companions_areLearned_andRelateWhatNobodyWroteDown() {
    for (int day = 0; day < 5; day++) {
      opened("inc_a" + day, "mail", null);
      pass(Duration.ofSeconds(20));
      opened("inc_b" + day, "search", null);
      pass(Duration.ofHours(24));
    }
    List<KeyValue<String, ServiceEdge>> told = drain(Topics.SERVICE_EDGES);
    assertThat(told.getLast().key).isEqualTo("LEARNED search -> mail");
    assertThat(told.getLast().value.together()).isEqualTo(4.8);
    assertThat(related().getLast().relations().getFirst().reasons().getFirst().kind())
        .isEqualTo(Relation.Kind.CO_OCCURRENCE);
  }

  private void opened(String id, @Nullable String service, @Nullable String parent) {
    send(event(id, service, parent));
  }

  private IncidentEvent event(String id, @Nullable String service, @Nullable String parent) {
    Map<String, String> labels = service == null ? Map.of() : Map.of("service", service);
    IncidentAlert alert =
        new IncidentAlert(
            id + "-alert",
            "grafana",
            "1",
            id,
            AlertKind.CONDITION,
            AlertStatus.FIRING,
            Severity.ERROR,
            id,
            labels,
            Map.of(),
            now,
            null,
            now,
            Map.of(),
            Links.NONE,
            0);
    String group = service == null ? "storm/0/0" : id;
    return new IncidentEvent.Opened(id, now, 1, group, labels, id, Severity.ERROR, alert, parent);
  }

  private void send(IncidentEvent event) {
    driver
        .createInputTopic(
            Topics.INCIDENTS.name(),
            new StringSerializer(),
            Topics.INCIDENTS.valueSerde().serializer())
        .pipeInput(event.incidentId(), event, now);
  }

  /** As the clock does: second by second while something may be due. */
  private void pass(Duration time) {
    long steps = Math.min(time.toSeconds(), 60);
    for (long i = 0; i < steps; i++) {
      driver.advanceWallClockTime(time.dividedBy(steps));
    }
    now = now.plus(time);
  }

  /** What was said since the last time. The driver feeds it back, as Kafka would. */
  private List<IncidentEvent.Related> related() {
    List<IncidentEvent.Related> related = new ArrayList<>();
    for (KeyValue<String, IncidentEvent> record : drain(Topics.INCIDENTS)) {
      if (record.value instanceof IncidentEvent.Related r && seen.add(r.id())) {
        assertThat(record.key).isEqualTo(r.incidentId());
        related.add(r);
      }
    }
    return related;
  }

  private <V> List<KeyValue<String, V>> drain(Topic<V> topic) {
    TestOutputTopic<String, V> output = Driven.out(driver, topic);
    return output.readKeyValuesToList();
  }
}
