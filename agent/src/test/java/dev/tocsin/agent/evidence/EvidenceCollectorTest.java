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
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.testkit.prometheus.FakePrometheus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceCollectorTest {

  private static final Duration ENOUGH = Duration.ofSeconds(30);

  private final AgentMetrics metrics = new AgentMetrics(new SimpleMeterRegistry());

  @Test
  void alert_speaksForItself() throws InterruptedException {
    Evidence alert = collect(new AlertValues()).getFirst();

    assertThat(alert.id()).isEqualTo("e1");
    assertThat(alert.source()).isEqualTo("alert");
    assertThat(alert.text()).contains("B=0.0253").contains("service=checkout").contains("2.5 %");
    assertThat(alert.query()).isEqualTo("r1-0");
    assertThat(alert.at()).isEqualTo(SampleIncidents.NOW);
    assertThat(alert.link()).isEqualTo("https://grafana.example/d/shop");
  }

  @Test
  void prometheus_isAskedForTheAlertsOwnExpressionAroundItsStart() throws InterruptedException {
    long began = SampleIncidents.BEGAN.getEpochSecond();
    try (FakePrometheus prometheus =
        FakePrometheus.start()
            .given("http_requests_total", Map.of("code", "503"), t -> t < began ? 0.5 : 20)
            .given("pool_active", Map.of("pool", "main"), _ -> 50)
            .given("ALERTS{", Map.of("alertname", "DatabaseSlow"), _ -> 1)) {
      List<Evidence> found =
          collect(
              history(
                  prometheus,
                  new PrometheusQuery("Pool", "pool_active{service=\"{service}\"}"),
                  new PrometheusQuery("Needs what there is not", "up{job=\"{job}\"}")));

      assertThat(found)
          .extracting(Evidence::title)
          .containsExactly(
              "Checkout error rate high", "Pool", "Firing in Prometheus for the same labels");
      assertThat(found.getFirst().query()).isEqualTo(SampleIncidents.EXPRESSION);
      assertThat(found.getFirst().text()).contains("0.5 at first").contains("20 last");
      assertThat(found.getFirst().link()).startsWith(prometheus.url() + "/graph?g0.end_input=");
      assertThat(found.get(1).query()).isEqualTo("pool_active{service=\"checkout\"}");
      assertThat(found.get(2).text()).isEqualTo("DatabaseSlow (1)");
    }
  }

  @Test
  void labelValue_cannotLeaveItsPlaceInAQuery() {
    assertThat(PromQl.fill("up{job=\"{job}\"}", Map.of("job", "a\"} or vector(1) #\\")))
        .hasValue("up{job=\"a\\\"} or vector(1) #\\\\\"}");
  }

  @Test
  void failingPrometheus_costsOnlyItself() throws InterruptedException {
    try (FakePrometheus prometheus = FakePrometheus.start()) {
      prometheus.refuse(503);

      List<Evidence> found =
          collect(
              history(prometheus, new PrometheusQuery("Pool", "pool_active")), new AlertValues());

      assertThat(found)
          .extracting(Evidence::title)
          .containsExactly("prometheus: no answer", "Checkout error rate high");
      assertThat(found.getFirst().text()).contains("HTTP 503");
    }
  }

  @Test
  void hangingPrometheus_isNotWaitedFor() throws InterruptedException {
    try (FakePrometheus prometheus = FakePrometheus.start()) {
      prometheus.hang();

      // It hangs for ever: that this returns at all is what is to be shown.
      List<Evidence> found =
          collect(history(prometheus, Duration.ofMillis(300)), new AlertValues());

      assertThat(found).hasSize(2);
      assertThat(found.getFirst().text()).containsAnyOf("not answer", "timed out");
    }
  }

  @Test
  void questionThatHangs_takesNoneAlongThatWasAnsweredBefore() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    try (FakePrometheus prometheus =
        FakePrometheus.start()
            .given("http_requests_total", Map.of("code", "503"), _ -> 20)
            .given("pool_active", Map.of("pool", "main"), _ -> hang(asked, never))) {
      List<Evidence> found =
          collect(
              new CutOff(history(prometheus, new PrometheusQuery("Pool", "pool_active")), asked),
              new AlertValues());

      assertThat(found)
          .extracting(Evidence::title)
          .containsExactly(
              "Checkout error rate high",
              "prometheus: not all answered",
              "Checkout error rate high");
      assertThat(found.getFirst().text()).contains("20 last");
      assertThat(found.get(1).text()).isEqualTo("did not answer in time: the rest is missing");
    }
  }

  @Test
  void lastQuestion_isRefusedForItselfAlone() throws InterruptedException {
    try (FakePrometheus prometheus =
        FakePrometheus.start().given("http_requests_total", Map.of("code", "503"), _ -> 20)) {
      prometheus.refuse("ALERTS{", 503);

      assertThat(collect(history(prometheus)))
          .extracting(Evidence::title)
          .containsExactly("Checkout error rate high", "prometheus: no answer");
    }
  }

  @Test
  void expressionThatIsRefused_takesNoOtherAlong() throws InterruptedException {
    try (FakePrometheus prometheus =
        FakePrometheus.start()
            .given("pool_active", Map.of("pool", "main"), _ -> 50)
            .given("ALERTS{", Map.of("alertname", "DatabaseSlow"), _ -> 1)) {
      prometheus.refuse("http_requests_total", 400);

      List<Evidence> found =
          collect(history(prometheus, new PrometheusQuery("Pool", "pool_active")));

      assertThat(found)
          .extracting(Evidence::title)
          .containsExactly(
              "prometheus: no answer", "Pool", "Firing in Prometheus for the same labels");
      assertThat(found.getFirst().query()).isEqualTo(SampleIncidents.EXPRESSION);
      assertThat(found.getFirst().text()).contains("HTTP 400");
    }
  }

  @Test
  void sourceThatBreaks_costsOnlyItself() throws InterruptedException {
    List<Evidence> found =
        collect(
            new Scripted(
                ENOUGH,
                () -> {
                  throw new IllegalStateException("password=hunter2");
                }),
            new AlertValues());

    assertThat(found)
        .extracting(Evidence::title)
        .containsExactly("scripted: no answer", "Checkout error rate high");
    assertThat(found.getFirst().text()).isEqualTo("failed");
  }

  @Test
  void sourceThatIsSlow_isInterrupted_andTheOthersStandInTheirOrder() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);

    List<Evidence> found =
        collect(
            new AlertValues(),
            new Scripted(
                Duration.ofMillis(50),
                () -> {
                  try {
                    never.await();
                    return List.of();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                  }
                }),
            new Scripted(ENOUGH, () -> List.of(piece("third"))));

    assertThat(found)
        .extracting(Evidence::title)
        .containsExactly("Checkout error rate high", "scripted: no answer", "third");
    assertThat(found).extracting(Evidence::id).containsExactly("e1", "e2", "e3");
    assertThat(found.get(1).text()).isEqualTo("did not answer in time");
    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void underLoad_onlyWhatIsCheapIsAsked() throws InterruptedException {
    List<Evidence> found =
        new EvidenceCollector(
                List.of(new Scripted(ENOUGH, () -> List.of(piece("dear"))), new AlertValues()),
                new Masker())
            .cheap(SampleIncidents.checkoutFails(), SampleIncidents.NOW)
            .all();

    assertThat(found).extracting(Evidence::title).containsExactly("Checkout error rate high");
  }

  @Test
  void runbook_isFoundByLinkLabelsAndName(@TempDir Path directory)
      throws InterruptedException, IOException {
    Files.writeString(
        directory.resolve("by-labels.md"),
        "---\nlabels: {service: checkout}\n---\n# Checkout is down\nRestart it.\n");
    Files.writeString(directory.resolve("checkout-errors.md"), "# Errors\nLook at the pool.\n");
    Files.writeString(directory.resolve("other.md"), "# Other\nNot this.\n");
    Files.writeString(directory.resolve("broken.md"), "---\nlabels: {a: [\n---\n# Broken\n");

    List<Evidence> found = collect(new RunbookPages(RunbookDirectory.read(directory)));

    assertThat(found)
        .extracting(Evidence::title)
        .containsExactly("Runbook of the alert", "Runbook: Checkout is down", "Runbook: Errors");
    assertThat(found.getFirst().link()).isEqualTo("https://wiki.example/runbooks/checkout-errors");
    assertThat(found.get(1).text()).contains("Restart it.");
  }

  @Test
  void otherOpenIncidents_areTold() throws InterruptedException {
    Knowledge knowledge =
        new Knowledge(new Embeddings(() -> _ -> new float[] {1}, metrics), metrics);
    knowledge.add(SampleIncidents.opened("inc_1", "Database slow", SampleIncidents.BEGAN));
    knowledge.add(SampleIncidents.opened("inc_2", "Disk full", SampleIncidents.BEGAN));
    knowledge.add(SampleIncidents.opened("inc_checkout", "This one", SampleIncidents.BEGAN));
    knowledge.add(SampleIncidents.resolved("inc_2", SampleIncidents.NOW));

    List<Evidence> found = collect(new OpenIncidents(knowledge));

    assertThat(found).hasSize(1);
    assertThat(found.getFirst().title()).isEqualTo("Another incident is open");
    assertThat(found.getFirst().text()).contains("Database slow").doesNotContain("Disk full");
  }

  @Test
  void evidence_isMaskedCutAndCounted() {
    EvidenceFile file = new EvidenceFile(new Masker());
    for (int i = 0; i < 50; i++) {
      file.add(
          new Evidence(
              "",
              "loki",
              "password=hunter2",
              "x".repeat(100_000),
              "token: abcdefgh12345678abcdefgh",
              SampleIncidents.NOW,
              "javascript:alert(1)"));
    }

    assertThat(file.all()).hasSize(EvidenceFile.MOST);
    assertThat(file.all().getLast().id()).isEqualTo("e40");
    assertThat(file.all().getFirst().title()).isEqualTo("password=[masked password]");
    assertThat(file.all().getFirst().text()).hasSize(2_000);
    assertThat(file.all().getFirst().query()).contains("[masked token]");
    assertThat(file.all().getFirst().link()).isNull();
  }

  /** A source that does what a test wants, and is not cheap. */
  private record Scripted(Duration timeout, Callable<List<Evidence>> script)
      implements EvidenceSource {

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public boolean isCheap() {
      return false;
    }

    @Override
    public void look(Incident incident, Instant now, Consumer<Evidence> found)
        throws InterruptedException {
      try {
        script.call().forEach(found);
      } catch (InterruptedException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  /** A source whose time is over as soon as something has happened. */
  private record CutOff(EvidenceSource source, CountDownLatch when) implements EvidenceSource {

    @Override
    public String name() {
      return source.name();
    }

    @Override
    public boolean isCheap() {
      return source.isCheap();
    }

    @Override
    public Duration timeout() {
      try {
        assertThat(when.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return Duration.ZERO;
    }

    @Override
    public void look(Incident incident, Instant now, Consumer<Evidence> found)
        throws InterruptedException {
      source.look(incident, now, found);
    }
  }

  private static double hang(CountDownLatch asked, CountDownLatch never) {
    asked.countDown();
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private static Evidence piece(String title) {
    return new Evidence("", "scripted", title, "", "", SampleIncidents.NOW, null);
  }

  private static PrometheusHistory history(FakePrometheus prometheus, PrometheusQuery... queries) {
    return history(prometheus, ENOUGH, queries);
  }

  private static PrometheusHistory history(
      FakePrometheus prometheus, Duration timeout, PrometheusQuery... queries) {
    return new PrometheusHistory(
        new Prometheus(prometheus.url(), timeout, new Masker()), List.of(queries), timeout);
  }

  private static List<Evidence> collect(EvidenceSource... sources) throws InterruptedException {
    Incident incident = SampleIncidents.checkoutFails();
    return new EvidenceCollector(List.of(sources), new Masker())
        .all(incident, SampleIncidents.NOW, ENOUGH)
        .all();
  }
}
