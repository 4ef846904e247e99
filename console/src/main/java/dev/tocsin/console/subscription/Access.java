// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import dev.tocsin.console.auth.Subscriber;
import dev.tocsin.console.problem.Refusal;
import dev.tocsin.schemas.setting.Setting;
import java.security.Principal;
import java.time.Instant;
import org.springframework.security.core.Authentication;

/** Whether the token a subscriber came with is still good. Whose it is was asked before. */
final class Access {

  private Access() {}

  static void check(Setting.Subscription subscription, Principal who, Instant now) {
    if (who instanceof Authentication login
        && login.getPrincipal() instanceof Subscriber subscriber
        && !isInForce(subscriber, subscription, now)) {
      throw Refusal.forbidden(
          "this token is of version %d, and the secret was rotated to version %d since"
              .formatted(subscriber.version(), subscription.secretVersion()));
    }
  }

  /** A token ends with the secret it was given with. */
  static boolean isInForce(Subscriber subscriber, Setting.Subscription subscription, Instant now) {
    if (!subscriber.subscriptionId().equals(subscription.id())) {
      return false;
    }
    int version = subscription.secretVersion();
    Instant until = subscription.formerSecretUntil();
    return subscriber.version() == version
        || (subscriber.version() == version - 1 && until != null && now.isBefore(until));
  }
}
