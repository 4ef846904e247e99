// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import dev.tocsin.boot.DescribedMeters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Services in one JVM, each in its own context: started side by side, the console last, and stopped
 * in the order of the pipeline, last first.
 *
 * <p>They share one registry of meters, and whichever serves health serves that of those started
 * before it.
 */
public final class Launcher implements AutoCloseable {

  private static final Duration READY_WITHIN = Duration.ofSeconds(90);

  /** More would only take turns: a start is work for the processor, and a little waiting. */
  private static final int AT_ONCE = 3;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  /** Said by whichever serves health, and the same for all of them. */
  private static final Set<String> OF_THE_PROCESS =
      Set.of("brokerHealth", "diskSpace", "livenessState", "ping", "readinessState", "ssl");

  private final Deque<AutoCloseable> stops = new ArrayDeque<>();
  private final Map<String, ConfigurableApplicationContext> contexts = new LinkedHashMap<>();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ReentrantLock preparing = new ReentrantLock();
  private final Map<String, String> fixed;
  private final Map<String, String> defaults;

  /**
   * @param fixed properties that nothing overrides
   * @param defaults properties that everything overrides
   */
  public Launcher(Map<String, String> fixed, Map<String, String> defaults) {
    this.fixed = Map.copyOf(fixed);
    this.defaults = Map.copyOf(defaults);
    // A registry that is brought along is told nothing by the contexts that share it.
    meters.config().meterFilter(DescribedMeters.ofTheClassPath());
  }

  /** Something that has to stop after all services started from now on. */
  void stopLast(AutoCloseable resource) {
    stops.push(resource);
  }

  /**
   * The console starts last, since it shows the others' health; the others meet at topics, so they
   * start side by side.
   */
  public void startAll() {
    List<Service> services = new ArrayList<>(List.of(Service.values()));
    services.remove(Service.CONSOLE);
    Map<Service, Future<ConfigurableApplicationContext>> starting = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      services.forEach(service -> starting.put(service, threads.submit(() -> start(service))));
    }
    RuntimeException failure = null;
    for (Map.Entry<Service, Future<ConfigurableApplicationContext>> each : starting.entrySet()) {
      Future<ConfigurableApplicationContext> context = each.getValue();
      if (context.state() == Future.State.SUCCESS) {
        keep(each.getKey(), context.resultNow());
      } else if (failure == null) {
        failure = new IllegalStateException(each.getKey().label(), context.exceptionNow());
      }
    }
    if (failure != null) {
      throw failure;
    }
    keep(Service.CONSOLE, start(Service.CONSOLE));
  }

  /** Returns when everything is healthy: topologies run, and the console has read what there is. */
  void awaitReady() {
    HealthEndpoint health = context(Service.CONSOLE).getBean(HealthEndpoint.class);
    long end = System.nanoTime() + READY_WITHIN.toNanos();
    while (!isUp(health)) {
      if (System.nanoTime() > end) {
        throw new StartRefused(
            "not ready after %d s: %s".formatted(READY_WITHIN.toSeconds(), health.health()));
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private static boolean isUp(HealthEndpoint health) {
    Status status = health.health().getStatus();
    return !Status.DOWN.equals(status) && !Status.OUT_OF_SERVICE.equals(status);
  }

  private ConfigurableApplicationContext start(Service service) {
    // While an application prepares its environment it sets up the process's logging anew: two at
    // once leave every line to be written twice, or break it.
    preparing.lock();
    try {
      return builder(service)
          .web(service.beside())
          .initializers(own -> prepared(own))
          .run(arguments(service));
    } finally {
      if (preparing.isHeldByCurrentThread()) {
        preparing.unlock();
      }
    }
  }

  private void prepared(ConfigurableApplicationContext context) {
    preparing.unlock();
    share(context);
  }

  private void keep(Service service, ConfigurableApplicationContext context) {
    contexts.put(service.label(), context);
    stops.push(context);
  }

  /**
   * Runs one service by itself, with its own port for health and meters, which is looked at when
   * all settings are known and nothing has begun.
   */
  ConfigurableApplicationContext startAlone(Service service) {
    ConfigurableApplicationContext context =
        builder(service)
            .initializers(own -> Ports.refuseUnusable(service, own.getEnvironment()))
            .run(arguments(service));
    contexts.put(service.label(), context);
    stops.push(context);
    return context;
  }

  private SpringApplicationBuilder builder(Service service) {
    return new SpringApplicationBuilder(service.application())
        .properties(Map.<String, Object>copyOf(defaults))
        .registerShutdownHook(false)
        .bannerMode(org.springframework.boot.Banner.Mode.OFF)
        .logStartupInfo(false);
  }

  private String[] arguments(Service service) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--spring.config.name=" + service.label());
    fixed.forEach((key, value) -> arguments.add("--" + key + '=' + value));
    return arguments.toArray(String[]::new);
  }

  private void share(ConfigurableApplicationContext context) {
    context.getBeanFactory().registerSingleton("meters", meters);
    context.getBeanFactory().registerSingleton("scraped", meters.getPrometheusRegistry());
    contexts.forEach(
        (name, earlier) ->
            context
                .getBeanFactory()
                .registerSingleton(name + "HealthContributor", health(earlier)));
  }

  private static HealthContributor health(ConfigurableApplicationContext context) {
    Map<String, HealthContributor> own = new LinkedHashMap<>();
    context.getBean(HealthContributorRegistry.class).stream()
        .filter(entry -> !OF_THE_PROCESS.contains(entry.name()))
        .forEach(entry -> own.put(entry.name(), entry.contributor()));
    return CompositeHealthContributor.fromMap(own);
  }

  ConfigurableApplicationContext context(Service service) {
    return java.util.Objects.requireNonNull(contexts.get(service.label()));
  }

  /** Where a service serves HTTP, also when it was left to find a free port. */
  int port(Service service) {
    return context(service).getEnvironment().getRequiredProperty("local.server.port", int.class);
  }

  /**
   * Stops what runs, last started first; a failure to stop one does not keep the others running.
   */
  @Override
  public void close() {
    RuntimeException failure = null;
    while (!stops.isEmpty()) {
      try {
        stops.pop().close();
      } catch (Exception e) {
        failure =
            failure == null ? new IllegalStateException("could not stop cleanly", e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
