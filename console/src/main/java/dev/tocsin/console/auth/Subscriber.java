// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.auth;

import java.security.Principal;

/**
 * A subscriber that came with the token of its own subscription, and may ask for nothing else.
 *
 * @param version of the token
 */
public record Subscriber(String subscriptionId, int version) implements Principal {

  @Override
  public String getName() {
    return "subscription/" + subscriptionId;
  }
}
