// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.UnregisterBrokerOptions;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker that ran on a directory until it was killed. The controller's log still has it as the
 * leader of everything, with a session that is not over.
 *
 * <p>It is struck off that log by a controller alone, before the next broker reads it. Otherwise
 * the next one takes itself for the leader, begins to read its groups, loses its place when the
 * dead one's session is over, gets it back, and reads them again. Kafka's {@code
 * CoordinatorRuntime} (4.2.1, and 4.3.1 still) takes the end of the first reading for that of the
 * second, and tells groups older offsets, none, or that a transaction is open.
 */
final class KilledBroker {

  private static final Logger LOG = LoggerFactory.getLogger(KilledBroker.class);

  /** Kafka writes this file when it was stopped, and deletes it when it starts. */
  private static final String STOPPED = ".kafka_cleanshutdown";

  /** Far more than it takes on any machine: what is given up here is the start. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration ONE_LOOK = Duration.ofSeconds(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private KilledBroker() {}

  static boolean wasOn(Path directory) {
    return !Files.exists(directory.resolve(STOPPED));
  }

  /**
   * @param controller where the controller is to be meanwhile, {@code host:port}
   * @param config its configuration, with that role alone
   */
  static void strikeOff(int id, String controller, Map<String, String> config) {
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(config, false), Time.SYSTEM);
    try {
      server.startup();
      awaitOwnAddress(controller);
      unregister(id, controller);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a killed broker is struck off", e);
    } finally {
      server.shutdown();
      server.awaitShutdown();
    }
  }

  /**
   * Until it has written down where it is, the controller sends its clients to where it was, and
   * somebody else's may be there by now.
   */
  private static void awaitOwnAddress(String controller) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!sendsTo(controller)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "the broker's controller did not begin within " + PATIENCE.toSeconds() + " s");
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  /** Asked by a new client each time, since a client keeps to what it was told first. */
  private static boolean sendsTo(String controller) throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.controllers", controller))) {
      int patience = Math.toIntExact(ONE_LOOK.toMillis());
      return admin
          .describeCluster(new DescribeClusterOptions().timeoutMs(patience))
          .nodes()
          .get()
          .stream()
          .map(node -> node.host() + ':' + node.port())
          .anyMatch(controller::equals);
    } catch (ExecutionException e) {
      LOG.debug("the broker's controller has not begun", e.getCause());
      return false;
    }
  }

  private static void unregister(int id, String controller) throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.controllers", controller))) {
      int patience = Math.toIntExact(PATIENCE.toMillis());
      admin.unregisterBroker(id, new UnregisterBrokerOptions().timeoutMs(patience)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof BrokerIdNotRegisteredException)) {
        throw new IllegalStateException("the killed broker cannot be struck off", e.getCause());
      }
    }
  }
}
