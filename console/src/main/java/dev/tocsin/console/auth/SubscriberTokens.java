// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.auth;

import java.util.Optional;

/** Tells whose token it is that a subscriber came with. */
@FunctionalInterface
public interface SubscriberTokens {

  /** Empty when it is nobody's. */
  Optional<Subscriber> read(String token);
}
