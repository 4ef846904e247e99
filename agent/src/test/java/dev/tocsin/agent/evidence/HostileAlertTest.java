// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.agent.SampleIncidents;
import dev.tocsin.agent.guard.Masker;
import dev.tocsin.agent.knowledge.Embeddings;
import dev.tocsin.agent.knowledge.Knowledge;
import dev.tocsin.agent.knowledge.RunbookDirectory;
import dev.tocsin.agent.metrics.AgentMetrics;
import dev.tocsin.agent.telemetry.Prometheus;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.testkit.prometheus.FakePrometheus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever can send an alert chooses its labels, texts and links; all sources read them. */
class HostileAlertTest {

  private static final Duration ENOUGH = Duration.ofSeconds(30);

  @TempDir private Path runbooks;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "javascript:alert(1)",
        "http://[",
        "http://a b/%zz?g0.expr=%zz",
        "http://prometheus.example/graph?g0.expr=",
        "http://prometheus.example/graph?g0.expr=%ff%fe",
        "file:///etc/passwd",
        "http://user:hunter2tango@wiki.example/runbook",
        "//evil.example",
        "\u202ehttp://evil.example/\u0000"
      })
  @Tag("bad-input-92")
  void link_breaksNoSource_andIsShownOnlyWhenItIsOne(String link) throws InterruptedException {
    List<Evidence> found = collect(alert("CheckoutDown", Map.of("service", "checkout"), link));

    assertThat(found).extracting(Evidence::title).noneMatch(title -> title.endsWith("no answer"));
    assertThat(found)
        .extracting(Evidence::link)
        .allMatch(l -> l == null || l.matches("https?://[^@]+"));
    assertThat(found.toString()).doesNotContain("hunter2tango");
  }

  @Test
  @Tag("bad-input-92")
  void alertWithoutAnything_isNoFault() throws InterruptedException {
    List<Evidence> found = collect(alert("", Map.of(), ""));

    assertThat(found).extracting(Evidence::title).noneMatch(title -> title.endsWith("no answer"));
  }

  @Test
  @Tag("bad-input-92")
  void labelThatWouldLeaveItsQuery_staysText() throws InterruptedException {
    String hostile = "checkout\"} or vector(1) #\n\\";
    try (FakePrometheus prometheus = FakePrometheus.start()) {
      collect(prometheus, alert("CheckoutDown", Map.of("service", hostile), ""));

      assertThat(prometheus.queries())
          .contains("up{service=\"checkout\\\"} or vector(1) #\\n\\\\\"}")
          .allMatch(query -> !query.contains("\n"));
    }
  }

  @Test
  @Tag("bad-input-92")
  void expressionOfALink_isAskedAsItIs_butOnlyWhenItIsShort() throws InterruptedException {
    try (FakePrometheus prometheus = FakePrometheus.start()) {
      String link = "http://prometheus.example/graph?g0.expr=";

      collect(prometheus, alert("Long", Map.of(), link + "x".repeat(2_001)));
      assertThat(prometheus.queries()).isEmpty();

      collect(prometheus, alert("Short", Map.of(), link + "up%20%3D%3D%200"));
      assertThat(prometheus.queries()).containsExactly("up");
    }
  }

  private List<Evidence> collect(IncidentAlert alert) throws InterruptedException {
    try (FakePrometheus prometheus = FakePrometheus.start()) {
      return collect(prometheus, alert);
    }
  }

  private List<Evidence> collect(FakePrometheus prometheus, IncidentAlert alert)
      throws InterruptedException {
    AgentMetrics metrics = new AgentMetrics(new SimpleMeterRegistry());
    try (Embeddings embeddings = new Embeddings(() -> _ -> new float[] {1}, metrics)) {
      Knowledge knowledge = new Knowledge(embeddings, metrics);
      return new EvidenceCollector(
              List.of(
                  new AlertValues(),
                  new PrometheusHistory(
                      new Prometheus(prometheus.url(), ENOUGH, new Masker()),
                      List.of(new PrometheusQuery("Up", "up{service=\"{service}\"}")),
                      ENOUGH),
                  new RunbookPages(RunbookDirectory.read(runbooks)),
                  new OpenIncidents(knowledge),
                  new SimilarIncidents(knowledge, ENOUGH)),
              new Masker())
          .all(incident(alert), SampleIncidents.NOW, ENOUGH)
          .all();
    }
  }

  private static Incident incident(IncidentAlert alert) {
    return Incident.opened(
        new IncidentEvent.Opened(
            "inc_1",
            SampleIncidents.BEGAN,
            1,
            "",
            Map.of(),
            alert.title(),
            alert.severity(),
            alert,
            null));
  }

  private static IncidentAlert alert(String title, Map<String, String> labels, String link) {
    IncidentAlert a = SampleIncidents.alert("");
    Instant at = SampleIncidents.BEGAN;
    return new IncidentAlert(
        "r1-0",
        a.source(),
        a.org(),
        a.fingerprint(),
        a.kind(),
        a.status(),
        a.severity(),
        title,
        labels,
        Map.of(),
        at,
        null,
        at,
        Map.of(),
        new Links(link, link, link, link, link, link),
        0);
  }
}
