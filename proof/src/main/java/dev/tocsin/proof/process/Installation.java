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
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The program as its operator runs it: one process, or a broker and a process for each service. */
public final class Installation implements AutoCloseable {

  private static final List<String> SERVICES =
      List.of("ingest", "detection", "workflow", "agent", "notifier", "console");

  /** Services that speak with Kafka alone, so that they can have a network of their own. */
  private static final List<String> SEPARABLE = List.of("ingest", "detection", "workflow");

  /** The one process of an installation that has one. */
  public static final String EVERYTHING = "everything";

  private static final String BROKER = "broker";
  private static final int SMALL_HEAP = 256;
  private static final String LOOPBACK = "127.0.0.1";

  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private final Web web = new Web();
  private @Nullable Network network;
  private String bootstrap;

  private Installation() {
    Ports free = new Ports();
    ports.put(BROKER, free.take());
    SERVICES.forEach(service -> ports.put(service, free.take()));
    this.bootstrap = LOOPBACK + ':' + port(BROKER);
    // Whoever ends this process ends what it started: nothing of it is left behind.
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("kill-roles").unstarted(this::killAll));
  }

  /** Names of the roles of an installation, in the order they start. */
  public static List<String> roles(boolean together) {
    return together ? List.of(EVERYTHING) : with(List.of(BROKER));
  }

  /** Names of the roles of one with three brokers. */
  public static List<String> rolesOfCluster() {
    return with(Cluster.NAMES);
  }

  private static List<String> with(List<String> brokers) {
    List<String> names = new ArrayList<>(brokers);
    names.addAll(SERVICES);
    return names;
  }

  /** Why three brokers cannot be run here; null when they can. */
  public static @Nullable String whyNoCluster() {
    return Network.whyNot();
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
        () -> {},
        installation.health("console"));
    return installation;
  }

  /**
   * A broker, and each service in a process of its own.
   *
   * @param before the build that runs first; the own one replaces it role by role
   */
  public static Installation apart(
      String mainClass, Build before, Path directory, Map<String, String> settings) {
    return apart(mainClass, before, directory, role -> settings);
  }

  /**
   * The same, where each is told only what is its own to know.
   *
   * @param settings of a role, by its name
   */
  public static Installation apart(
      String mainClass,
      Build before,
      Path directory,
      Function<String, Map<String, String>> settings) {
    Installation installation = new Installation();
    for (String role : roles(false)) {
      Map<String, String> environment =
          installation.environmentApart(directory, settings.apply(role));
      List<String> arguments = List.of(mainClass, role);
      JavaProgram program =
          new JavaProgram(role, List.of(), arguments, directory, environment)
              .of(before.classPath(), small(before), arguments);
      installation.add(
          role,
          program,
          () -> program.of(Build.own().classPath(), small(Build.own()), arguments),
          role.equals(BROKER) ? listening(installation.bootstrap) : installation.health(role));
    }
    return installation;
  }

  /** Three brokers with a network address each, and so have those services that can. */
  public static Installation cluster(
      String mainClass, Path directory, Map<String, String> settings) {
    Installation installation = new Installation();
    Network network = new Network();
    installation.network = network;
    Cluster cluster = new Cluster(network, directory);
    Map<String, List<String>> starters = new HashMap<>();
    Cluster.NAMES.forEach(name -> starters.put(name, network.join(name)));
    SEPARABLE.forEach(name -> starters.put(name, network.join(name)));
    installation.bootstrap = cluster.bootstrap();
    Map<String, String> environment = installation.environmentApart(directory, settings);
    for (String broker : Cluster.NAMES) {
      JavaProgram program =
          cluster.program(broker, small(Build.own()), Objects.requireNonNull(starters.get(broker)));
      installation.add(broker, program, () -> {}, listening(cluster.clients(broker)));
    }
    for (String service : SERVICES) {
      JavaProgram program =
          new JavaProgram(
              service, small(Build.own()), List.of(mainClass, service), directory, environment);
      List<String> starter = starters.get(service);
      installation.add(
          service,
          starter == null ? program : program.startedBy(starter),
          () -> {},
          starter == null
              ? installation.health(service)
              : network.health(service, installation.port(service)));
    }
    return installation;
  }

  /** Small heaps and a quick compiler: short lives, many of them, two cores. */
  private static List<String> small(Build build) {
    List<String> flags = new ArrayList<>(build.flags());
    flags.removeIf(flag -> flag.startsWith("-Xmx"));
    flags.add("-Xmx" + SMALL_HEAP + "m");
    flags.add("-XX:TieredStopAtLevel=1");
    // The profiles in the cache are for the compiler these do without: a sixth of their start.
    flags.add("-XX:+UnlockDiagnosticVMOptions");
    flags.add("-XX:-AOTReplayTraining");
    // That compiler alone has a small code cache, and a full collection for filling part of it.
    flags.add("-XX:ReservedCodeCacheSize=128m");
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

  private Map<String, String> environmentApart(Path directory, Map<String, String> settings) {
    Map<String, String> environment = environment(directory, settings);
    environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", bootstrap);
    // Services that run alone have no launcher to make them a key.
    environment.putIfAbsent("TOCSIN_SIGNING_KEY", Base64.getEncoder().encodeToString(new byte[32]));
    return environment;
  }

  private void add(String name, JavaProgram program, Runnable renewal, URI at) {
    roles.put(name, new Role(name, program, renewal, at, web));
  }

  private static URI listening(String address) {
    return URI.create("tcp://" + address);
  }

  private URI health(String service) {
    return URI.create("http://%s:%d/actuator/health".formatted(LOOPBACK, port(service)));
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
    List<Role> brokers =
        roles.values().stream().filter(role -> role.name().startsWith(BROKER)).toList();
    brokers.forEach(Role::start);
    brokers.forEach(Installation::requireReady);
    roles.values().stream().filter(role -> !brokers.contains(role)).forEach(Role::start);
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

  /** Where clients of Kafka begin. */
  public String broker() {
    return bootstrap;
  }

  public URI ingest() {
    Network own = network;
    return own == null
        ? URI.create("http://%s:%d".formatted(LOOPBACK, port("ingest")))
        : own.health("ingest", port("ingest")).resolve("/");
  }

  public URI console() {
    return URI.create("http://%s:%d".formatted(LOOPBACK, port("console")));
  }

  public Web web() {
    return web;
  }

  /** Cuts a member of the network off from others; needs three brokers. */
  public void cut(String member, List<String> peers) {
    Network own = network();
    own.cut(member, addresses(own, member, peers));
  }

  public void mend(String member, List<String> peers) {
    Network own = network();
    own.mend(member, addresses(own, member, peers));
  }

  private Network network() {
    return Objects.requireNonNull(network, "only with three brokers there is a network to cut");
  }

  /** Where a peer has no address of its own, it is everything that has none. */
  private static List<String> addresses(Network network, String member, List<String> peers) {
    return peers.stream()
        .filter(peer -> !peer.equals(member))
        .map(peer -> network.members().contains(peer) ? network.address(peer) : network.outside())
        .distinct()
        .toList();
  }

  private void killAll() {
    roles.values().forEach(Role::kill);
    Network own = network;
    if (own != null) {
      own.close();
    }
  }

  /** Stops what runs, last started first. */
  @Override
  public void close() {
    roles().reversed().forEach(Role::close);
    Network own = network;
    network = null;
    if (own != null) {
      own.close();
    }
  }
}
