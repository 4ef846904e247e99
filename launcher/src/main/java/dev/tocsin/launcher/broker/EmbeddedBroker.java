// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.broker;

import dev.tocsin.launcher.StartRefused;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * Kafka's own server, combined broker and controller, in this JVM. Its directory keeps everything
 * over restarts.
 *
 * <p>One broker has one copy of the data: a killed process loses nothing, since the pages are the
 * kernel's; a machine that loses power may lose the last moments unless {@code
 * log.flush.interval.messages=1}.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final int ID = 1;
  private static final String HOST = "127.0.0.1";
  private static final int LAST_PORT = 65_535;

  private final KafkaRaftServer server;
  private final String address;

  private EmbeddedBroker(KafkaRaftServer server, String address) {
    this.server = server;
    this.address = address;
  }

  /**
   * Starts on a directory, which is formatted when it is new.
   *
   * @param port where clients connect; 0 takes a free one
   */
  public static EmbeddedBroker start(Path directory, int port) {
    refuseUnusable(port);
    int clients = port == 0 ? freePort() : port;
    int controllers = freePort();
    if (isNew(directory)) {
      format(directory);
    } else if (KilledBroker.wasOn(directory)) {
      String controller = HOST + ':' + controllers;
      KilledBroker.strikeOff(ID, controller, controller(directory, controller));
    }
    KafkaRaftServer server =
        new KafkaRaftServer(
            new KafkaConfig(config(directory, clients, controllers), false), Time.SYSTEM);
    server.startup();
    return new EmbeddedBroker(server, HOST + ':' + clients);
  }

  /** The port that a setting asks for. */
  public static int port(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new StartRefused(
          "TOCSIN_BROKER_PORT should be a port from 1 to %d, or 0 for a free one: was %s"
              .formatted(LAST_PORT, text));
    }
  }

  /** Where clients connect, {@code host:port}. */
  public String address() {
    return address;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static boolean isNew(Path directory) {
    return !Files.exists(directory.resolve("meta.properties"));
  }

  private static void format(Path directory) {
    try (PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      Files.createDirectories(directory);
      new Formatter()
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(ID)
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(directory.toString())
          .addDirectory(directory.toString())
          .setPrintStream(nowhere)
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException("the broker's directory cannot be made: " + directory, e);
    } catch (Exception e) {
      throw new IllegalStateException(
          "the broker's directory cannot be formatted: " + directory, e);
    }
  }

  private static Map<String, String> controller(Path directory, String controller) {
    Map<String, String> config = new HashMap<>();
    config.put("process.roles", "controller");
    config.put("node.id", Integer.toString(ID));
    // Static voters: the controller may have another port at each start.
    config.put("controller.quorum.voters", ID + "@" + controller);
    config.put("controller.listener.names", "CONTROLLER");
    config.put("listeners", "CONTROLLER://" + controller);
    config.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
    config.put("log.dirs", directory.toString());
    return config;
  }

  private static Map<String, String> config(Path directory, int clients, int controllers) {
    Map<String, String> config = controller(directory, HOST + ':' + controllers);
    config.put("process.roles", "broker,controller");
    config.merge("listeners", "CLIENTS://" + HOST + ':' + clients, (own, more) -> own + ',' + more);
    config.put("inter.broker.listener.name", "CLIENTS");
    config.put("auto.create.topics.enable", "false");
    config.put("default.replication.factor", "1");
    config.put("min.insync.replicas", "1");
    for (String internal :
        new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
      config.put(internal + ".replication.factor", "1");
      config.put(internal + ".num.partitions", "4");
    }
    config.put("transaction.state.log.min.isr", "1");
    config.put("share.coordinator.state.topic.min.isr", "1");
    // Sizes for one small machine: indexes are mapped into memory whole.
    config.put("log.index.size.max.bytes", Integer.toString(1 << 20));
    config.put("log.segment.bytes", Integer.toString(64 << 20));
    // Read from end to end at each start, and only closed segments are compacted: by default
    // 100 MB of each partition are read, which two busy hours write.
    config.put("offsets.topic.segment.bytes", Integer.toString(2 << 20));
    config.put("transaction.state.log.segment.bytes", Integer.toString(2 << 20));
    config.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
    config.put("log.cleaner.threads", "1");
    config.put("num.network.threads", "2");
    config.put("num.io.threads", "4");
    config.put("num.recovery.threads.per.data.dir", "2");
    config.put("group.initial.rebalance.delay.ms", "0");
    config.put("group.min.session.timeout.ms", "2000");
    // Held up for longer, the only broker loses its place to nobody, and reads its groups again.
    config.put("broker.session.timeout.ms", "30000");
    config.put("broker.heartbeat.interval.ms", "500");
    // A transaction that begins before the one before it is wholly closed is tried again this soon:
    // by default a page waits 20 ms for that, at every hop.
    config.put("add.partitions.to.txn.retry.backoff.ms", "1");
    config.put("add.partitions.to.txn.retry.backoff.max.ms", "10");
    // A client that never came back must not hold up readers for long.
    config.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "2000");
    return config;
  }

  /** Before Kafka tries, which goes on half started and says it in stack traces. */
  private static void refuseUnusable(int port) {
    if (port < 0 || port > LAST_PORT) {
      throw new StartRefused(
          "TOCSIN_BROKER_PORT should be a port from 1 to %d, or 0 for a free one: was %d"
              .formatted(LAST_PORT, port));
    }
    try (ServerSocket socket = new ServerSocket()) {
      // As Kafka does, so that connections that are ending after a restart are in nobody's way.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(HOST, port));
    } catch (IOException e) {
      throw new StartRefused(
          "the broker cannot have port %d of %s: %s; stop what has it, or set TOCSIN_BROKER_PORT"
              .formatted(port, HOST, e.getMessage()));
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on " + HOST, e);
    }
  }
}
