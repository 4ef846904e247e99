// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.webhook;

import dev.tocsin.schemas.endpoint.AddressPolicy;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where events may be sent.
 *
 * @param allowedNetworks CIDRs of addresses that are not public and may be sent to all the same
 */
@ConfigurationProperties(prefix = "tocsin.notifier.webhook", ignoreUnknownFields = false)
public record WebhookSettings(@DefaultValue List<String> allowedNetworks) {

  public WebhookSettings {
    allowedNetworks = allowedNetworks.stream().filter(network -> !network.isBlank()).toList();
    try {
      var _ = AddressPolicy.allowing(allowedNetworks);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "tocsin.notifier.webhook.allowed-networks: " + e.getMessage(), e);
    }
  }

  public AddressPolicy addresses() {
    return AddressPolicy.allowing(allowedNetworks);
  }
}
