// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.endtoend;

import static dev.tocsin.launcher.endtoend.Outside.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.tocsin.launcher.Everything;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prometheus and Alertmanager as Debian packages them: one scrapes, alerts and pushes samples, the
 * other tells us.
 */
class RealProgramsTest {

  private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
  private static final Path ALERTMANAGER = Path.of("/usr/bin/prometheus-alertmanager");

  @TempDir Path directory;

  @Test
  void metricOverItsLimit_isPagedAndResolvedThroughPrometheusAndAlertmanager() throws Exception {
    assumeTrue(
        Files.isExecutable(PROMETHEUS) && Files.isExecutable(ALERTMANAGER),
        "Prometheus and Alertmanager are not installed: apt-get install prometheus prometheus-alertmanager");
    AtomicInteger errors = new AtomicInteger(0);
    HttpServer exporter = exporter(errors);
    int prometheusPort = Outside.freePort();
    int alertmanagerPort = Outside.freePort();
    try (Outside outside = new Outside()) {
      Map<String, String> settings = outside.settings();
      settings.put("tocsin.ingest.sources.alertmanager.token", Outside.TOKEN);
      settings.put("tocsin.ingest.sources.prometheus.username", "prometheus");
      settings.put("tocsin.ingest.sources.prometheus.password", Outside.TOKEN);
      settings.put("tocsin.ingest.push.series[0].selector", "up{job=\"checkout\"}");
      settings.put("tocsin.ingest.push.series[0].interval", "1s");
      settings.put("tocsin.detection.prometheus-url", "http://127.0.0.1:" + prometheusPort);
      settings.put("tocsin.detection.queries[0].name", "checkout_errors");
      settings.put("tocsin.detection.queries[0].promql", "checkout_errors");
      settings.put("tocsin.detection.queries[0].interval", "1s");
      try (Everything program = Everything.start(directory.resolve("tocsin"), "", settings);
          Running alertmanager = alertmanager(alertmanagerPort, outside);
          Running prometheus =
              prometheus(
                  prometheusPort, alertmanagerPort, exporter.getAddress().getPort(), outside)) {
        assertThat(program.report()).isNotEmpty();
        assertThat(alertmanager.process().isAlive() && prometheus.process().isAlive()).isTrue();
        errors.set(7);
        eventually(() -> outside.pagerDuty.openIncidents().size() == 1);
        assertThat(outside.pagerDuty.openIncidents().getFirst().event().toString())
            .contains("checkout");
        errors.set(0);
        eventually(() -> outside.pagerDuty.openIncidents().isEmpty());
        assertThat(outside.pagerDuty.incidents()).hasSize(1);
        eventually(() -> outside.counted("tocsin_ingest_samples_total", "\"written\"") >= 2);
        assertThat(outside.counted("tocsin_ingest_samples_total", "\"unwatched\"")).isPositive();
        assertThat(outside.counted("tocsin_ingest_samples_total", "\"invalid\"")).isZero();
        assertThat(outside.counted("tocsin_ingest_refused_total", "\"prometheus\"")).isZero();
      }
    } finally {
      exporter.stop(0);
    }
  }

  private record Running(Process process) implements AutoCloseable {
    @Override
    public void close() {
      process.destroy();
      process
          .onExit()
          .orTimeout(10, TimeUnit.SECONDS)
          .exceptionally(e -> process.destroyForcibly())
          .join();
    }
  }

  private Running prometheus(int port, int alertmanagerPort, int exporterPort, Outside outside)
      throws IOException {
    Path rules =
        Files.writeString(
            directory.resolve("rules.yml"),
            """
            groups:
              - name: shop
                interval: 1s
                rules:
                  - alert: CheckoutErrors
                    expr: checkout_errors > 5
                    labels: {severity: critical, service: checkout}
                    annotations: {summary: "checkout has {{ $value }} errors"}
            """);
    Path config =
        Files.writeString(
            directory.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 1s, evaluation_interval: 1s}
            rule_files: ["%s"]
            alerting: {alertmanagers: [{static_configs: [{targets: ["127.0.0.1:%d"]}]}]}
            scrape_configs: [{job_name: checkout, static_configs: [{targets: ["127.0.0.1:%d"]}]}]
            remote_write:
              - url: %s
                basic_auth: {username: prometheus, password: %s}
                queue_config: {batch_send_deadline: 1s}
            """
                .formatted(
                    rules,
                    alertmanagerPort,
                    exporterPort,
                    outside.ingest().resolve("/v1/samples/prometheus"),
                    Outside.TOKEN));
    return run(
        PROMETHEUS.toString(),
        "--config.file=" + config,
        "--storage.tsdb.path=" + directory.resolve("tsdb"),
        "--web.listen-address=127.0.0.1:" + port);
  }

  private Running alertmanager(int port, Outside outside) throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("alertmanager.yml"),
            """
            route: {receiver: tocsin, group_by: [alertname, service], group_wait: 0s, group_interval: 1s, repeat_interval: 1h}
            receivers:
              - name: tocsin
                webhook_configs:
                  - url: %s
                    send_resolved: true
                    http_config: {authorization: {credentials: %s}}
            """
                .formatted(outside.ingest().resolve("/v1/alerts/alertmanager"), Outside.TOKEN));
    return run(
        ALERTMANAGER.toString(),
        "--config.file=" + config,
        "--storage.path=" + directory.resolve("alertmanager"),
        "--web.listen-address=127.0.0.1:" + port,
        "--cluster.listen-address=");
  }

  private Running run(String... command) throws IOException {
    return new Running(
        new ProcessBuilder(List.of(command))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(Path.of(command[0]).getFileName() + ".log").toFile())
            .start());
  }

  private static HttpServer exporter(AtomicInteger errors) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] page =
              "# TYPE checkout_errors gauge\ncheckout_errors %d\n"
                  .formatted(errors.get())
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    return server;
  }
}
