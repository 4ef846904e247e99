// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Three brokers of Kafka's own, each broker and controller, in namespaces of a network. A topic has
 * three replicas, and two have to have what is confirmed.
 */
final class Cluster {

  static final List<String> NAMES = List.of("broker-1", "broker-2", "broker-3");

  private static final int CLIENTS = 9092;
  private static final int CONTROLLERS = 9093;
  private static final String ID = "dG9jc2luLXByb29mLTAwMA";

  private final Network network;
  private final Path directory;

  Cluster(Network network, Path directory) {
    this.network = network;
    this.directory = directory;
  }

  String bootstrap() {
    return NAMES.stream().map(this::clients).collect(Collectors.joining(","));
  }

  String clients(String broker) {
    return network.address(broker) + ':' + CLIENTS;
  }

  /** A broker, on a directory that is formatted. */
  JavaProgram program(String broker, List<String> flags, List<String> starter) {
    Path properties = write(broker);
    format(broker, properties);
    return new JavaProgram(
            broker, flags, List.of("kafka.Kafka", properties.toString()), directory, Map.of())
        .startedBy(starter);
  }

  private void format(String broker, Path properties) {
    JavaProgram format =
        new JavaProgram(
            broker + "-format",
            List.of("-Xmx128m"),
            List.of("kafka.tools.StorageTool", "format", "-t", ID, "-c", properties.toString()),
            directory,
            Map.of());
    format.start();
    if (format.await() != 0) {
      throw new IllegalStateException(
          "%s cannot be formatted; see %s".formatted(broker, format.log()));
    }
  }

  private Path write(String broker) {
    int id = NAMES.indexOf(broker) + 1;
    String voters =
        NAMES.stream()
            .map(
                name ->
                    "%d@%s:%d"
                        .formatted(NAMES.indexOf(name) + 1, network.address(name), CONTROLLERS))
            .collect(Collectors.joining(","));
    List<String> lines =
        new ArrayList<>(
            List.of(
                "process.roles=broker,controller",
                "node.id=" + id,
                "controller.quorum.voters=" + voters,
                "controller.listener.names=CONTROLLER",
                "listeners=CLIENTS://%1$s:%2$d,CONTROLLER://%1$s:%3$d"
                    .formatted(network.address(broker), CLIENTS, CONTROLLERS),
                "listener.security.protocol.map=CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name=CLIENTS",
                "log.dirs=" + directory.resolve("data").resolve(broker),
                "auto.create.topics.enable=false",
                "default.replication.factor=3",
                "min.insync.replicas=2",
                "unclean.leader.election.enable=false",
                "transaction.state.log.min.isr=2",
                "share.coordinator.state.topic.min.isr=2",
                "broker.session.timeout.ms=6000",
                "broker.heartbeat.interval.ms=1000",
                "replica.lag.time.max.ms=6000",
                "group.initial.rebalance.delay.ms=0",
                "group.min.session.timeout.ms=2000",
                "log.index.size.max.bytes=1048576",
                "log.segment.bytes=67108864",
                "log.cleaner.dedupe.buffer.size=4194304",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms=2000"));
    for (String internal :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      lines.add(internal + ".replication.factor=3");
      lines.add(internal + ".num.partitions=4");
    }
    Path file = directory.resolve(broker + ".properties");
    try {
      return Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
