// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import dev.tocsin.launcher.broker.EmbeddedBroker;
import dev.tocsin.launcher.settings.EarlySettings;
import dev.tocsin.launcher.settings.SettingsCheck;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Runs the program until it is told to stop. */
final class UpCommand {

  private static final Path FILE = Path.of("tocsin.yml");

  private UpCommand() {}

  static int run(PrintStream out) {
    long begun = System.nanoTime();
    refuseUnknownKeys();
    Map<String, String> settings = settings();
    Path data = Path.of(settings.getOrDefault("TOCSIN_DATA_DIR", "./data"));
    Everything everything =
        Everything.start(
            data,
            settings.getOrDefault("SPRING_KAFKA_BOOTSTRAP_SERVERS", ""),
            EarlySettings.forEverything(settings));
    everything.report().forEach(out::println);
    out.printf("tocsin is ready after %.1f s; stop it with Ctrl-C%n", seconds(begun));
    untilStopped(everything, out);
    return 0;
  }

  static int alone(Service service, PrintStream out) {
    long begun = System.nanoTime();
    refuseUnknownKeys();
    Launcher launcher = new Launcher(Map.of(), Map.of());
    launcher.startAlone(service);
    out.printf("tocsin %s is ready after %.1f s%n", service.label(), seconds(begun));
    untilStopped(launcher, out);
    return 0;
  }

  /** The broker by itself, for services that run each by itself. */
  static int broker(PrintStream out) {
    long begun = System.nanoTime();
    refuseUnknownKeys();
    Map<String, String> settings = settings();
    Installation installation =
        Installation.open(Path.of(settings.getOrDefault("TOCSIN_DATA_DIR", "./data")));
    int port = EmbeddedBroker.port(settings.getOrDefault("TOCSIN_BROKER_PORT", "9092"));
    EmbeddedBroker broker = EmbeddedBroker.start(installation.directory().resolve("broker"), port);
    installation.brokerIsAt(broker.address());
    out.printf("the broker is ready after %.1f s at %s%n", seconds(begun), broker.address());
    untilStopped(
        () -> {
          try (installation) {
            broker.close();
          }
        },
        out);
    return 0;
  }

  /** Those that are read before any service starts, by their names in the environment. */
  static Map<String, String> settings() {
    return EarlySettings.of(System.getenv(), FILE);
  }

  static void refuseUnknownKeys() {
    List<String> complaints = SettingsCheck.complaints(System.getenv(), FILE);
    if (!complaints.isEmpty()) {
      throw new StartRefused("settings that do not exist:\n  " + String.join("\n  ", complaints));
    }
  }

  private static void untilStopped(AutoCloseable running, PrintStream out) {
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(
                    () -> {
                      out.println("stopping: finishing what is under way ...");
                      try {
                        running.close();
                        out.println("stopped");
                      } catch (Exception e) {
                        out.println("stopped, not cleanly: " + e.getMessage());
                      } finally {
                        stopped.countDown();
                      }
                    }));
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double seconds(long begunNanos) {
    return Duration.ofNanos(System.nanoTime() - begunNanos).toMillis() / 1000.0;
  }
}
