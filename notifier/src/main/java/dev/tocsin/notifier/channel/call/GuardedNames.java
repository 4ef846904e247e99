// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.call;

import dev.tocsin.schemas.endpoint.AddressPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves names, and literals too, but hands out addresses only when all of them are allowed. What
 * it hands out is what is connected to, so a name cannot change its mind in between.
 */
final class GuardedNames implements DnsResolver {

  /** An address that is not one we send to. */
  static final class ForbiddenAddress extends UnknownHostException {

    private static final long serialVersionUID = 1;

    ForbiddenAddress(String message) {
      super(message);
    }
  }

  private final DnsResolver names;
  private final AddressPolicy policy;

  GuardedNames(DnsResolver names, AddressPolicy policy) {
    this.names = names;
    this.policy = policy;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = names.resolve(host);
    for (InetAddress address : addresses) {
      Optional<String> refusal = policy.refusal(address);
      if (refusal.isPresent()) {
        throw new ForbiddenAddress(host + ": " + refusal.get());
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
