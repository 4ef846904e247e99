// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets through names, and addresses of the open internet. Names are not looked up here: what a name
 * stands for can change until a delivery connects.
 *
 * @param allowed networks that are let through although they are private, as CIDRs
 */
public record PublicAddresses(List<Network> allowed) implements UrlPolicy {

  private static final Pattern DOTTED_QUAD =
      Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

  /** A last label that begins with a digit makes the whole an IPv4 address, in some spelling. */
  private static final Pattern NUMERIC_END = Pattern.compile("(.*\\.)?\\d[^.]*\\.?");

  private static final List<String> LOCAL_NAMES =
      List.of("localhost", "local", "localdomain", "internal", "intranet", "lan", "home.arpa");

  private static final List<Network> CLOSED =
      List.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/3",
              "::/96",
              "64:ff9b::/95",
              "64:ff9b:1::/48",
              "100::/64",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "fc00::/7",
              "fe80::/10",
              "fec0::/10",
              "ff00::/8")
          .stream()
          .map(Network::parse)
          .toList();

  public static PublicAddresses except(List<String> cidrs) {
    return new PublicAddresses(cidrs.stream().map(Network::parse).toList());
  }

  @Override
  public @Nullable String objection(URI url) {
    String host = url.getHost();
    if (host == null) {
      return "it names no host";
    }
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    boolean literal = host.startsWith("[") || DOTTED_QUAD.matcher(host).matches();
    if (literal) {
      return address(bare);
    }
    if (NUMERIC_END.matcher(bare).matches()) {
      return "%s is an IPv4 address in a spelling that hides it".formatted(bare);
    }
    return name(bare.toLowerCase(Locale.ROOT));
  }

  private @Nullable String name(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    boolean local =
        !name.contains(".")
            || LOCAL_NAMES.stream().anyMatch(end -> name.equals(end) || name.endsWith('.' + end));
    boolean loopback = name.equals("localhost") && isAllowed(InetAddress.getLoopbackAddress());
    return local && !loopback ? "%s is a name of a private network".formatted(name) : null;
  }

  private @Nullable String address(String literal) {
    InetAddress address;
    try {
      address = InetAddress.getByName(literal); // Looks nothing up: it is a literal.
    } catch (UnknownHostException e) {
      return "%s is no address".formatted(literal);
    }
    boolean closed = CLOSED.stream().anyMatch(network -> network.contains(address));
    return closed && !isAllowed(address)
        ? "%s is private, and not in tocsin.notifier.webhook.allowed-networks".formatted(literal)
        : null;
  }

  private boolean isAllowed(InetAddress address) {
    return allowed.stream().anyMatch(network -> network.contains(address));
  }
}
