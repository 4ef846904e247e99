// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Members with an address each, on a bridge of this machine: network namespaces, joined by pairs of
 * virtual interfaces. A cut is a route into nowhere, so that packets vanish as in a broken network.
 */
final class Network implements AutoCloseable {

  private static final int FIRST_HOST = 11;

  private final String prefix = "ts" + ProcessHandle.current().pid() % 100_000;
  private final String net = "10.87." + ProcessHandle.current().pid() % 250;
  private final Map<String, Integer> hosts = new LinkedHashMap<>();

  Network() {
    ip("link", "add", prefix, "type", "bridge");
    ip("addr", "add", net + ".1/24", "dev", prefix);
    ip("link", "set", prefix, "up");
  }

  /** Why there can be none here; null when there can. */
  static @Nullable String whyNot() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return "network namespaces need root";
    }
    boolean there =
        Files.isExecutable(Path.of("/usr/sbin/ip")) || Files.isExecutable(Path.of("/sbin/ip"));
    return there ? null : "network namespaces need the command ip";
  }

  /** Makes a place for a member, and returns what starts a program there. */
  List<String> join(String member) {
    int host = FIRST_HOST + hosts.size();
    hosts.put(member, host);
    String space = space(member);
    String outer = prefix + 'o' + host;
    ip("netns", "add", space);
    ip("link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", space);
    ip("link", "set", outer, "master", prefix, "up");
    ip("-n", space, "link", "set", "lo", "up");
    ip("-n", space, "addr", "add", address(member) + "/24", "dev", "eth0");
    ip("-n", space, "link", "set", "eth0", "up");
    return List.of("ip", "netns", "exec", space);
  }

  String address(String member) {
    return net + '.' + host(member);
  }

  URI health(String member, int port) {
    return URI.create("http://%s:%d/actuator/health".formatted(address(member), port));
  }

  List<String> members() {
    return List.copyOf(hosts.keySet());
  }

  /**
   * What the member sends to those is lost from now on; and so, mostly, is what they send to it.
   */
  void cut(String member, List<String> peers) {
    peers.forEach(peer -> ip("-n", space(member), "route", "add", "blackhole", peer + "/32"));
  }

  void mend(String member, List<String> peers) {
    peers.forEach(peer -> ip("-n", space(member), "route", "del", "blackhole", peer + "/32"));
  }

  /** The address of all that is in no namespace of its own. */
  String outside() {
    return net + ".1";
  }

  private int host(String member) {
    Integer host = hosts.get(member);
    if (host == null) {
      throw new IllegalArgumentException("no member %s among %s".formatted(member, hosts.keySet()));
    }
    return host;
  }

  private String space(String member) {
    return prefix + 'n' + host(member);
  }

  private static void ip(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + said.strip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    for (String member : members()) {
      ip("netns", "del", space(member));
    }
    hosts.clear();
    ip("link", "del", prefix);
  }
}
