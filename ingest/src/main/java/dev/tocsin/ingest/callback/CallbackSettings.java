// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.callback;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a vendor proves that a webhook is its own.
 *
 * @param secret that signs bodies; several while one is replaced by another; none closes the path
 */
public record CallbackSettings(@Nullable List<String> secret) {

  public List<String> secrets() {
    return secret == null ? List.of() : secret.stream().filter(s -> !s.isBlank()).toList();
  }

  /** Without the secrets: this ends up in logs. */
  @Override
  public String toString() {
    return "CallbackSettings[secrets=%d]".formatted(secrets().size());
  }
}
