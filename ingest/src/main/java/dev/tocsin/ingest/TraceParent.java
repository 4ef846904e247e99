// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The W3C trace an alert belongs to: the sender's, or a new one that begins here. */
final class TraceParent {

  static final String HEADER = "traceparent";

  private static final Pattern VALID =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  private TraceParent() {}

  static String of(List<String> given) {
    return given.size() == 1 && VALID.matcher(given.getFirst()).matches()
        ? given.getFirst()
        : "00-" + random(16) + '-' + random(8) + "-01";
  }

  private static String random(int bytes) {
    byte[] id = new byte[bytes];
    ThreadLocalRandom.current().nextBytes(id);
    // An id of nothing but zeros is no id.
    id[0] |= 1;
    return HexFormat.of().formatHex(id);
  }
}
