// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.endpoint;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses may be connected to on a subscriber's behalf: public ones, and the networks that
 * the operator allowed.
 *
 * <p>The list is our own, from the IANA special-purpose registries: the questions that {@link
 * InetAddress} answers miss carrier-grade NAT, benchmarking, unique local addresses, NAT64 and
 * 6to4.
 */
public record AddressPolicy(List<Network> allowed) {

  /** Only public addresses. */
  public static final AddressPolicy PUBLIC = new AddressPolicy(List.of());

  /** All of IPv6 that is routed; whatever is not in it (loopback, NAT64, unique local) is out. */
  private static final Network ROUTED_V6 = Network.parse("2000::/3");

  private static final List<Network> SPECIAL =
      Stream.of(
              "0.0.0.0/8", // this network
              "10.0.0.0/8", // private
              "100.64.0.0/10", // carrier-grade NAT
              "127.0.0.0/8", // loopback
              "169.254.0.0/16", // link-local, cloud metadata
              "172.16.0.0/12", // private
              "192.0.0.0/24", // protocol assignments
              "192.0.2.0/24", // documentation
              "192.88.99.0/24", // 6to4 relays
              "192.168.0.0/16", // private
              "198.18.0.0/15", // benchmarking
              "198.51.100.0/24", // documentation
              "203.0.113.0/24", // documentation
              "224.0.0.0/4", // multicast
              "240.0.0.0/4", // reserved, broadcast
              "2001::/23", // protocol assignments, Teredo
              "2001:db8::/32", // documentation
              "2002::/16", // 6to4: an IPv4 address inside
              "3fff::/20") // documentation
          .map(Network::parse)
          .toList();

  public AddressPolicy {
    allowed = List.copyOf(allowed);
  }

  /** Public addresses and these networks, each as CIDR. */
  public static AddressPolicy allowing(List<String> networks) {
    return new AddressPolicy(networks.stream().map(Network::parse).toList());
  }

  /** Why not, in a few words; empty when it may be connected to. */
  public Optional<String> refusal(InetAddress address) {
    if (isAllowed(address)) {
      return Optional.empty();
    }
    if (!(address instanceof Inet4Address) && !ROUTED_V6.contains(address)) {
      return Optional.of(address.getHostAddress() + " is not a public address");
    }
    return SPECIAL.stream()
        .filter(network -> network.contains(address))
        .findFirst()
        .map(n -> "%s is in %s, which is not public".formatted(address.getHostAddress(), n));
  }

  /** Whether the operator allowed it by name of a network, public or not. */
  boolean isAllowed(InetAddress address) {
    return allowed.stream().anyMatch(network -> network.contains(address));
  }
}
