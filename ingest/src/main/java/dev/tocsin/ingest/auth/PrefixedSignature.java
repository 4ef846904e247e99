// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.auth;

import java.util.List;
import java.util.stream.Stream;

/**
 * Signatures as webhooks carry them: HMAC-SHA256 in hex, each after a prefix that names the kind
 * ({@code v1=}, {@code sha256=}), several with commas while secrets change.
 */
public final class PrefixedSignature {

  /** Nobody rotates more secrets at once, and each costs a look at the body. */
  private static final int MOST = 8;

  private final HexSignature plain;
  private final String prefix;
  private final boolean noSecret;

  public PrefixedSignature(List<String> secrets, String prefix) {
    this.plain = new HexSignature(secrets);
    this.prefix = prefix;
    this.noSecret = secrets.isEmpty();
  }

  public boolean hasNoSecret() {
    return noSecret;
  }

  /**
   * Whether one of those given is one that a secret of ours makes. Other kinds are passed over.
   *
   * @param ahead what is signed before the body; empty where that is signed alone
   * @param body as it was sent
   */
  public boolean isRight(List<String> headers, String ahead, byte[] body) {
    boolean right = false;
    for (String signature : signatures(headers)) {
      right |= plain.isRight(signature, ahead, body);
    }
    return right;
  }

  private List<String> signatures(List<String> headers) {
    return headers.stream()
        .flatMap(header -> Stream.of(header.split(",")))
        .map(String::strip)
        .filter(signature -> signature.startsWith(prefix))
        .map(signature -> signature.substring(prefix.length()))
        .limit(MOST)
        .toList();
  }
}
