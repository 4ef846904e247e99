// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.setting.Setting;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as the API shows it.
 *
 * @param active whether it is told anything
 * @param disabled why not; null when it is
 * @param endpoint the lane of its deliveries
 * @param formerSecretUntil until when the secret of before signs too; null when it does not
 * @param secret only in the answer that makes it
 * @param token lets the subscriber itself read and replay what was sent to it; only in the answer
 *     that makes it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Shown(
    String id,
    String url,
    List<String> events,
    Setting.@Nullable Filter filter,
    boolean active,
    @Nullable Disabled disabled,
    String endpoint,
    String createdBy,
    Instant createdAt,
    int secretVersion,
    @Nullable Instant formerSecretUntil,
    @Nullable String secret,
    @Nullable String token) {

  /** Who keeps it from being told, and why. */
  record Disabled(String by, String reason, Instant since) {}

  static Shown of(Setting.Subscription subscription, Setting.@Nullable Disabled disabled) {
    return new Shown(
        subscription.id(),
        subscription.url(),
        subscription.events(),
        subscription.filter(),
        subscription.active() && disabled == null,
        disabled == null ? null : new Disabled(disabled.by(), disabled.reason(), disabled.since()),
        endpoint(subscription.id()),
        subscription.createdBy(),
        subscription.createdAt(),
        subscription.secretVersion(),
        subscription.formerSecretUntil(),
        null,
        null);
  }

  /** The key of its lane. */
  static String endpoint(String subscriptionId) {
    return "webhook/" + subscriptionId;
  }

  Shown with(Secrets secrets) {
    return new Shown(
        id,
        url,
        events,
        filter,
        active,
        disabled,
        endpoint,
        createdBy,
        createdAt,
        secretVersion,
        formerSecretUntil,
        secrets.of(id, secretVersion),
        secrets.tokenOf(id, secretVersion));
  }
}
