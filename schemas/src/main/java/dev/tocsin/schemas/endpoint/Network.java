// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.endpoint;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** A range of addresses, written as CIDR: {@code 10.0.0.0/8}, {@code fd00::/8}. */
public record Network(InetAddress first, int prefix) {

  /** Four numbers or colons: Java would also read 10 as 0.0.0.10. */
  private static final Pattern ADDRESS = Pattern.compile("\\d+(\\.\\d+){3}|.*:.*");

  public Network {
    int longest = first.getAddress().length * 8;
    if (prefix < 0 || prefix > longest) {
      throw new IllegalArgumentException(
          "the prefix of a network should be between 0 and %d: was %d".formatted(longest, prefix));
    }
  }

  /** Reads CIDR; an address alone is a network of one. */
  public static Network parse(String cidr) {
    String text = cidr.strip();
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!ADDRESS.matcher(address).matches()) {
      throw unreadable(cidr, "no address before the slash");
    }
    try {
      InetAddress first = InetAddress.ofLiteral(address);
      int longest = first.getAddress().length * 8;
      return new Network(first, slash < 0 ? longest : Integer.parseInt(text.substring(slash + 1)));
    } catch (IllegalArgumentException e) {
      throw unreadable(cidr, String.valueOf(e.getMessage()));
    }
  }

  private static IllegalArgumentException unreadable(String cidr, String why) {
    return new IllegalArgumentException(
        "'%s' is not a network; write it as 10.0.0.0/8 or fd00::/8 (%s)".formatted(cidr, why));
  }

  public boolean contains(InetAddress address) {
    byte[] ours = first.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    int whole = prefix / 8;
    for (int i = 0; i < whole; i++) {
      if (ours[i] != theirs[i]) {
        return false;
      }
    }
    int rest = prefix % 8;
    return rest == 0 || (ours[whole] ^ theirs[whole]) >> (8 - rest) == 0;
  }

  @Override
  public String toString() {
    return first.getHostAddress() + '/' + prefix;
  }
}
