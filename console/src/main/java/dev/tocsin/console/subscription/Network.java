// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A range of addresses, written {@code 10.0.0.0/8}. */
public record Network(byte[] base, int bits) {

  static Network parse(String cidr) {
    int slash = cidr.indexOf('/');
    String address = slash < 0 ? cidr : cidr.substring(0, slash);
    boolean literal = !address.isEmpty() && address.chars().allMatch(Network::isAddressCharacter);
    try {
      byte[] base = literal ? InetAddress.getByName(address).getAddress() : new byte[0];
      int bits = slash < 0 ? base.length * 8 : Integer.parseInt(cidr.substring(slash + 1));
      if (base.length > 0 && bits >= 0 && bits <= base.length * 8) {
        return new Network(base, bits);
      }
    } catch (UnknownHostException | NumberFormatException e) {
      throw refusal(cidr, e);
    }
    throw refusal(cidr, null);
  }

  private static boolean isAddressCharacter(int c) {
    return Character.digit(c, 16) >= 0 || c == '.' || c == ':';
  }

  private static IllegalArgumentException refusal(
      String cidr, @org.jspecify.annotations.Nullable Exception cause) {
    return new IllegalArgumentException(
        "tocsin.notifier.webhook.allowed-networks should be like 10.0.0.0/8 or fd00::/8: was "
            + cidr,
        cause);
  }

  boolean contains(InetAddress address) {
    byte[] other = address.getAddress();
    if (other.length != base.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit & 7);
      if (((other[bit >> 3] ^ base[bit >> 3]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
