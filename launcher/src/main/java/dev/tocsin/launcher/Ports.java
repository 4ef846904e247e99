// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/** The ports that services serve HTTP on, looked at before anything starts. */
final class Ports {

  private static final int LAST = 65_535;
  private static final String SERVER = "server.port";

  private Ports() {}

  /**
   * Refuses what would end a start half-way, or start a program that nobody can reach.
   *
   * @param wanted ports as text, by the name of their setting
   */
  static void refuseUnusable(Map<String, String> wanted) {
    Map<Integer, String> taken = new HashMap<>();
    wanted.forEach(
        (setting, text) -> {
          int port = port(setting, text);
          if (port == 0) {
            return;
          }
          String other = taken.put(port, setting);
          if (other != null) {
            throw new StartRefused(
                "%s and %s are both %d: each needs a port of its own"
                    .formatted(other, setting, port));
          }
          refuseTaken(setting, null, port);
        });
  }

  /** Refuses the port of a service that runs alone, by the setting that it comes from. */
  static void refuseUnusable(Service service, Environment settings) {
    String given = settings.getRequiredProperty(SERVER);
    // A variable that is there and says nothing leaves it to the server.
    if (given.isBlank()) {
      return;
    }
    String setting = isGivenByOurs(settings) ? service.portSetting() : SERVER;
    int port = port(setting, given);
    if (port != 0) {
      refuseTaken(setting, settings.getProperty("server.address", InetAddress.class), port);
    }
  }

  /** Each service's file says that the server's port is the one in a setting of ours. */
  private static boolean isGivenByOurs(Environment settings) {
    ConfigurationPropertyName name = ConfigurationPropertyName.of(SERVER);
    return StreamSupport.stream(ConfigurationPropertySources.get(settings).spliterator(), false)
        .map(source -> source.getConfigurationProperty(name))
        .filter(Objects::nonNull)
        .findFirst()
        .map(found -> found.getValue().toString().contains("${tocsin."))
        .orElse(false);
  }

  private static int port(String setting, String text) {
    int port;
    try {
      port = Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      port = -1;
    }
    if (port < 0 || port > LAST) {
      throw new StartRefused(
          "%s should be a port from 1 to %d, or 0 for a free one: was %s"
              .formatted(setting, LAST, text));
    }
    return port;
  }

  private static void refuseTaken(String setting, @Nullable InetAddress address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As the server does, so that connections that are ending after a restart are in nobody's
      // way.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw new StartRefused(
          "%s is %d, and that port cannot be had: %s; stop what has it, or set another"
              .formatted(setting, port, e.getMessage()));
    }
  }
}
