// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.process;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The program as its operator runs it: one process, or a broker and a process for each service. */
public final class Installation implements AutoCloseable {

  private static final List<String> SERVICES =
      List.of("ingest", "detection", "workflow", "agent", "notifier", "console");

  /** The one process of an installation that has one. */
  public static final String EVERYTHING = "everything";

  private static final String BROKER = "broker";
  private static final int SMALL_HEAP = 256;

  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private final Web web = new Web();

  private Installation() {
    Ports free = new Ports();
    ports.put(BROKER, free.take());
    SERVICES.forEach(service -> ports.put(service, free.take()));
    // Whoever ends this process ends what it started: nothing of it is left behind.
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("kill-roles")
                .unstarted(() -> roles.values().forEach(Role::kill)));
  }

  /** Names of the roles of an installation, in the order they start. */
  public static List<String> roles(boolean together) {
    if (together) {
      return List.of(EVERYTHING);
    }
    List<String> names = new ArrayList<>(List.of(BROKER));
    names.addAll(SERVICES);
    return names;
  }

  /** Everything in one process, as {@code up} runs it. */
  public static Installation together(
      String mainClass, Path directory, Map<String, String> settings) {
    Installation installation = new Installation();
    installation.add(
        EVERYTHING,
        new JavaProgram(
            EVERYTHING,
            JavaProgram.ownFlags(),
            List.of(mainClass, "up"),
            directory,
            installation.environment(directory, settings)),
        installation.health("console"));
    return installation;
  }

  /** A broker, and each service in a process of its own. */
  public static Installation apart(String mainClass, Path directory, Map<String, String> settings) {
    Installation installation = new Installation();
    Map<String, String> environment = installation.environment(directory, settings);
    environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", installation.broker());
    // Services that run alone have no launcher to make them a key.
    environment.put("TOCSIN_SIGNING_KEY", Base64.getEncoder().encodeToString(new byte[32]));
    for (String role : roles(false)) {
      installation.add(
          role,
          new JavaProgram(role, smallFlags(), List.of(mainClass, role), directory, environment),
          role.equals(BROKER)
              ? URI.create("tcp://127.0.0.1:" + installation.port(BROKER))
              : installation.health(role));
    }
    return installation;
  }

  /** Small heaps and a quick compiler: short lives, many of them, two cores. */
  private static List<String> smallFlags() {
    List<String> flags = new ArrayList<>(JavaProgram.ownFlags());
    flags.removeIf(flag -> flag.startsWith("-Xmx"));
    flags.add("-Xmx" + SMALL_HEAP + "m");
    flags.add("-XX:TieredStopAtLevel=1");
    // Traps are set in a running JVM, and would be warned of.
    flags.add("-XX:+EnableDynamicAgentLoading");
    return flags;
  }

  private Map<String, String> environment(Path directory, Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("TOCSIN_DATA_DIR", directory.resolve("data").toString());
    ports.forEach(
        (name, port) ->
            environment.put(
                "TOCSIN_" + name.toUpperCase(Locale.ROOT) + "_PORT", Integer.toString(port)));
    return environment;
  }

  private void add(String name, JavaProgram program, URI at) {
    roles.put(name, new Role(name, program, at, web));
  }

  private URI health(String service) {
    return URI.create("http://127.0.0.1:%d/actuator/health".formatted(port(service)));
  }

  private int port(String name) {
    Integer port = ports.get(name);
    if (port == null) {
      throw new IllegalArgumentException("no role " + name + " among " + ports.keySet());
    }
    return port;
  }

  /** Starts what is there, and returns when all of it is ready. */
  public void start() {
    for (Role role : roles.values()) {
      role.start();
      if (role.name().equals(BROKER)) {
        requireReady(role);
      }
    }
    roles.values().forEach(Installation::requireReady);
  }

  private static void requireReady(Role role) {
    if (!role.awaitReady()) {
      throw new IllegalStateException(role.name() + " did not become ready; see its log");
    }
  }

  public List<Role> roles() {
    return List.copyOf(roles.values());
  }

  public Role role(String name) {
    Role role = roles.get(name);
    if (role == null) {
      throw new IllegalArgumentException(
          "no role %s; there are %s".formatted(name, roles.keySet()));
    }
    return role;
  }

  public String broker() {
    return "127.0.0.1:" + port(BROKER);
  }

  public URI ingest() {
    return URI.create("http://127.0.0.1:" + port("ingest"));
  }

  public URI console() {
    return URI.create("http://127.0.0.1:" + port("console"));
  }

  public Web web() {
    return web;
  }

  /** Stops what runs, last started first. */
  @Override
  public void close() {
    roles().reversed().forEach(Role::close);
  }
}
