// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import dev.tocsin.launcher.broker.EmbeddedBroker;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** The whole program in one JVM: a broker unless one is given, and every service. */
public final class Everything implements AutoCloseable {

  private static final String BOOTSTRAP = "spring.kafka.bootstrap-servers";
  private static final String ADMIN_PASSWORD = "tocsin.console.admin-password";

  /** What these say of a start, the report says of all. */
  static final List<String> REPORTED =
      List.of(
          "dev.tocsin.ingest.Sources",
          "dev.tocsin.ingest.callback.Vendors",
          "dev.tocsin.agent.outbox.ModelAnnouncement");

  private final Launcher launcher;
  private final List<String> report;

  private Everything(Launcher launcher, List<String> report) {
    this.launcher = launcher;
    this.report = report;
  }

  /**
   * @param given the broker to use; empty starts one inside, on {@code data}
   * @param defaults properties that the environment and files override
   */
  public static Everything start(Path data, String given, Map<String, String> defaults) {
    Installation installation = Installation.open(data);
    refuseUnusablePorts(defaults, installation);
    Map<String, String> fixed = new HashMap<>();
    fixed.put("tocsin.data-dir", data.toString());
    Map<String, String> fallback = new HashMap<>(defaults);
    fallback.putIfAbsent("tocsin.signing-key", installation.signingKey());
    Installation.Kept password = null;
    if (!fallback.containsKey(ADMIN_PASSWORD)) {
      password = installation.adminPassword();
      // Not a default: a variable that is there and says nothing would override it.
      fixed.put(ADMIN_PASSWORD, password.value());
    }
    REPORTED.forEach(logger -> fallback.put("logging.level." + logger, "WARN"));
    EmbeddedBroker broker =
        given.isEmpty() ? EmbeddedBroker.start(data.resolve("broker"), brokerPort(defaults)) : null;
    fixed.put(BOOTSTRAP, broker == null ? given : broker.address());
    if (broker != null) {
      installation.brokerIsAt(broker.address());
      // One process reads them all: more would only be more to commit.
      fallback.putIfAbsent("tocsin.topics.partitions", "1");
    }
    Launcher launcher = new Launcher(fixed, fallback);
    launcher.stopLast(installation);
    if (broker != null) {
      launcher.stopLast(broker);
    }
    try {
      launcher.startAll();
      launcher.awaitReady();
    } catch (RuntimeException e) {
      launcher.close();
      throw e;
    }
    Environment properties = launcher.context(Service.CONSOLE).getEnvironment();
    String where = broker == null ? given : "embedded, " + broker.address();
    return new Everything(
        launcher,
        new StartReport(properties)
            .lines(
                where,
                data.toAbsolutePath().normalize().toString(),
                launcher.port(Service.INGEST),
                launcher.port(Service.CONSOLE),
                login(password)));
  }

  private static String login(Installation.@Nullable Kept password) {
    if (password == null) {
      return "";
    }
    return password.isNew()
        ? ", log in as admin with %s (kept in %s)".formatted(password.value(), password.file())
        : ", log in as admin with what %s holds".formatted(password.file());
  }

  private static void refuseUnusablePorts(Map<String, String> defaults, Installation installation) {
    try {
      Ports.refuseUnusable(
          Map.of(
              Service.INGEST.portSetting(), defaults.getOrDefault("tocsin.ingest.port", "8080"),
              Service.CONSOLE.portSetting(), defaults.getOrDefault("tocsin.console.port", "8081")));
    } catch (StartRefused e) {
      installation.close();
      throw e;
    }
  }

  private static int brokerPort(Map<String, String> defaults) {
    return EmbeddedBroker.port(defaults.getOrDefault("tocsin.broker.port", "0"));
  }

  /** What is on and what is off, a line each. */
  public List<String> report() {
    return report;
  }

  /** Where ingest is, on this machine. */
  URI ingest() {
    return here(Service.INGEST);
  }

  /** Where the console is, on this machine. */
  URI console() {
    return here(Service.CONSOLE);
  }

  private URI here(Service service) {
    return URI.create("http://127.0.0.1:" + launcher.port(service));
  }

  @Override
  public void close() {
    launcher.close();
  }
}
