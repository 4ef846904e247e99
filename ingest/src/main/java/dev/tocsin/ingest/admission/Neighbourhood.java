// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.admission;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** Addresses that count as one sender: an IPv4 address, or a /64 of IPv6, which anybody has. */
public final class Neighbourhood {

  private static final int HALF_OF_V6 = 8;

  private Neighbourhood() {}

  /**
   * @param address as a literal, of a connection that is there
   */
  public static String of(String address) {
    InetAddress literal = InetAddress.ofLiteral(address);
    return literal instanceof Inet4Address
        ? literal.getHostAddress()
        : HexFormat.of().formatHex(literal.getAddress(), 0, HALF_OF_V6);
  }
}
