// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.demo;

import dev.tocsin.launcher.Everything;
import dev.tocsin.launcher.StartRefused;
import dev.tocsin.launcher.settings.EarlySettings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code ./tocsin demo [--once]}: plays an outage and tells its story. */
public final class DemoCommand {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);
  private static final Duration SETTLES_WITHIN = Duration.ofSeconds(30);
  private static final int INTERRUPTED = 130;

  private final PrintStream out;
  private final Map<String, String> environment;
  private final InstantSource clock;

  private DemoCommand(PrintStream out, Map<String, String> environment, InstantSource clock) {
    this.out = out;
    this.environment = environment;
    this.clock = clock;
  }

  /**
   * @return 0 when the story ended with everything explained, 1 otherwise, 2 when the arguments are
   *     wrong
   */
  public static int run(List<String> arguments, PrintStream out) {
    if (!arguments.isEmpty() && !arguments.equals(List.of("--once"))) {
      throw new StartRefused("demo takes --once or nothing: was " + String.join(" ", arguments));
    }
    CountDownLatch cleanedUp = new CountDownLatch(1);
    endWithTheProcess(Thread.currentThread(), cleanedUp);
    try {
      return new DemoCommand(out, environment(), InstantSource.system()).play(arguments.isEmpty());
    } catch (InterruptedException e) {
      // All is closed by now. Until then nothing may be interrupted, so it is not passed on.
      return INTERRUPTED;
    } finally {
      cleanedUp.countDown();
    }
  }

  /** With what is read early from {@code tocsin.yml}; what is set to nothing is not set. */
  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.values().removeIf(String::isBlank);
    environment.putAll(EarlySettings.of(System.getenv(), Path.of("tocsin.yml")));
    return environment;
  }

  /** Ctrl-C ends the wait or the story, and the process lives until the demo has tidied up. */
  private static void endWithTheProcess(Thread demo, CountDownLatch cleanedUp) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(
                    () -> {
                      if (cleanedUp.getCount() == 0) {
                        return;
                      }
                      System.out.println("stopping ...");
                      demo.interrupt();
                      try {
                        cleanedUp.await(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS);
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                    }));
  }

  private int play(boolean stay) throws InterruptedException {
    Path data = scratch();
    String token = secret();
    String password = environment.getOrDefault("TOCSIN_CONSOLE_ADMIN_PASSWORD", secret());
    out.println(
        "starting: a broker, six services, and a sandbox that plays what is not configured ...");
    try (Sandbox sandbox = new Sandbox(configured())) {
      Map<String, String> settings = sandbox.settings();
      settings.putAll(EarlySettings.forEverything(environment));
      settings.put("tocsin.ingest.sources.grafana.token", token);
      settings.put("tocsin.console.admin-password", password);
      try (Everything everything = Everything.start(data, "", settings)) {
        everything.report().forEach(out::println);
        Visitor visitor =
            new Visitor(
                local("TOCSIN_INGEST_PORT", "8080"),
                local("TOCSIN_CONSOLE_PORT", "8081"),
                environment.getOrDefault("TOCSIN_INGEST_SOURCES_GRAFANA_TOKEN", token),
                password);
        subscribe(visitor, sandbox);
        boolean explained = tell(visitor, sandbox);
        if (stay) {
          out.printf(
              "%nLook around: %s, admin / %s. Ctrl-C ends the demo.%n",
              local("TOCSIN_CONSOLE_PORT", "8081"), password);
          new CountDownLatch(1).await();
        }
        return explained ? 0 : 1;
      }
    } finally {
      delete(data);
    }
  }

  private boolean tell(Visitor visitor, Sandbox sandbox) throws InterruptedException {
    Instant start = clock.instant();
    Story story = new Story(out, visitor, start);
    for (Outage.Scene scene : new Outage(start).scenes()) {
      watchUntil(story, start.plus(scene.after()));
      switch (scene) {
        case Outage.Scene.Webhook webhook -> {
          story.scene(scene.after(), "Grafana", webhook.says());
          visitor.alert(webhook.body());
        }
        case Outage.Scene.Person person -> {
          story.scene(scene.after(), "on call", person.says());
          visitor.post(openIncident(visitor) + person.action(), person.body());
        }
      }
    }
    Instant end = clock.instant().plus(SETTLES_WITHIN);
    while (!sandbox.isOver() && clock.instant().isBefore(end)) {
      watchUntil(story, clock.instant().plus(BETWEEN_LOOKS));
    }
    watchUntil(story, clock.instant().plusSeconds(1));
    return story.end(sandbox);
  }

  private static String openIncident(Visitor visitor) throws InterruptedException {
    String id = visitor.get("/v1/incidents").path("items").path(0).path("id").asString();
    return "/v1/incidents/" + id + "/";
  }

  private void watchUntil(Story story, Instant until) throws InterruptedException {
    do {
      story.catchUp();
      Thread.sleep(BETWEEN_LOOKS);
    } while (clock.instant().isBefore(until));
  }

  private static void subscribe(Visitor visitor, Sandbox sandbox) throws InterruptedException {
    String url = sandbox.subscriber.uri().resolve("/events").toString();
    sandbox.subscriber.trust(
        visitor
            .post("/v1/subscriptions", "{\"url\":\"" + url + "\",\"events\":[\"dev.tocsin.*\"]}")
            .path("secret")
            .asString());
  }

  /**
   * Integrations that the operator configured in the environment: the sandbox leaves them alone.
   */
  private Set<String> configured() {
    return environment.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("TOCSIN_") && !entry.getValue().isBlank())
        .map(entry -> entry.getKey().split("_")[1].toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  private URI local(String key, String port) {
    return URI.create("http://localhost:" + environment.getOrDefault(key, port));
  }

  private static String secret() {
    byte[] bytes = new byte[12];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("tocsin-demo");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the demo's data stays in " + directory, e);
    }
  }
}
