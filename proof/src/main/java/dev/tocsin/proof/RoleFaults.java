// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import dev.tocsin.proof.failpoint.Failpoint;
import dev.tocsin.proof.failpoint.RoleOrder;
import dev.tocsin.proof.failpoint.Trap;
import dev.tocsin.proof.process.Disks;
import dev.tocsin.proof.process.Installation;
import dev.tocsin.proof.process.Role;
import dev.tocsin.proof.process.Waiting;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What can be done to a role beside killing it at an instant. */
final class RoleFaults {

  private static final Duration PASSES_WITHIN = Duration.ofSeconds(45);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private static final Map<String, List<String>> USERS =
      Map.of(
          "broker",
          List.of("broker"),
          "spool",
          List.of("ingest"),
          "state",
          List.of("detection", "workflow", "notifier"));

  private final Installation installation;
  private final Disks disks;
  private final Path directory;
  private final RoleOrder orders;
  private final PrintStream out;

  RoleFaults(Installation installation, Disks disks, Path directory, PrintStream out) {
    this.installation = installation;
    this.disks = disks;
    this.directory = directory;
    this.orders = new RoleOrder(directory);
    this.out = out;
  }

  /** Whether the role ended at the place; it is dead in any case. */
  boolean halt(Failpoint failpoint, int pass) {
    Role role = installation.role(failpoint.role());
    role.expectEnd();
    try {
      orders.haltAt(failpoint.place(), pass, role.pid());
    } catch (IllegalStateException e) {
      out.printf("      %s: %s%n", e.getMessage(), e.getCause());
    }
    boolean ended = Waiting.until(() -> !role.isAlive(), PASSES_WITHIN, BETWEEN_LOOKS);
    boolean there = ended && role.status() == Trap.STATUS;
    if (!there) {
      out.printf("      %s was not passed %d times%n", failpoint.name(), pass);
    }
    role.kill();
    return there;
  }

  /** Sets the clocks of a role wrong; 0 sets them right. */
  void step(Role role, long byMillis) {
    orders.setClocksWrong(byMillis, role.pid());
  }

  /** Deletes what the role keeps on disk outside of Kafka. Whether there was anything. */
  boolean wipe(Role role) {
    Path data = directory.resolve("data");
    List<Path> kept =
        Stream.of(data.resolve("state").resolve(role.name()), data.resolve(role.name()))
            .filter(Files::exists)
            .toList();
    kept.forEach(RoleFaults::delete);
    return !kept.isEmpty();
  }

  /** Fills a disk for a time. Whoever gives up meanwhile is started when there is room again. */
  void fill(String disk, Duration time) {
    List<Role> users =
        USERS.getOrDefault(disk, List.of()).stream().map(installation::role).toList();
    users.forEach(Role::excuse);
    disks.fill(disk);
    Waiting.pause(time);
    disks.empty(disk);
    for (Role role : users) {
      if (!role.isAlive()) {
        out.printf("      %s ended while its disk was full%n", role.name());
      }
      role.resume();
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
