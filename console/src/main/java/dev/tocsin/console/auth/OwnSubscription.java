// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.auth;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Lets through whoever has logged in, and a subscriber to what is its own: where a path names no
 * subscription, nothing is.
 */
final class OwnSubscription implements AuthorizationManager<RequestAuthorizationContext> {

  /** The part of a path that names the subscription. */
  static final String ID = "subscription";

  @Override
  public AuthorizationDecision authorize(
      Supplier<? extends @Nullable Authentication> login, RequestAuthorizationContext request) {
    Authentication who = login.get();
    return new AuthorizationDecision(who != null && mayAsk(who, request.getVariables().get(ID)));
  }

  private static boolean mayAsk(Authentication who, @Nullable String subscription) {
    if (who.getPrincipal() instanceof Subscriber subscriber) {
      return subscriber.subscriptionId().equals(subscription);
    }
    return who.isAuthenticated() && !(who instanceof AnonymousAuthenticationToken);
  }
}
