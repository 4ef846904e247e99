// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.webhook;

import dev.tocsin.notifier.channel.LaneProfile.Patience;
import dev.tocsin.schemas.endpoint.AddressPolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where events may be sent.
 *
 * @param allowedNetworks CIDRs of addresses that are not public and may be sent to all the same
 * @param disableAfter a subscription to which nothing could be delivered for so long is disabled;
 *     zero for never
 */
@ConfigurationProperties(prefix = "tocsin.notifier.webhook", ignoreUnknownFields = false)
public record WebhookSettings(
    @DefaultValue List<String> allowedNetworks, @DefaultValue("5d") Duration disableAfter) {

  /** Fewer failures say little, however old the first of them is. */
  private static final int LEAST_ATTEMPTS = 10;

  public WebhookSettings {
    allowedNetworks = allowedNetworks.stream().filter(network -> !network.isBlank()).toList();
    try {
      var _ = AddressPolicy.allowing(allowedNetworks);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "tocsin.notifier.webhook.allowed-networks: " + e.getMessage(), e);
    }
    if (disableAfter.isNegative()) {
      throw new IllegalArgumentException(
          "tocsin.notifier.webhook.disable-after should be a time, or 0 for never: was "
              + disableAfter);
    }
  }

  public AddressPolicy addresses() {
    return AddressPolicy.allowing(allowedNetworks);
  }

  /** Null for ever. */
  public @Nullable Patience patience() {
    return disableAfter.isZero() ? null : new Patience(disableAfter, LEAST_ATTEMPTS);
  }
}
