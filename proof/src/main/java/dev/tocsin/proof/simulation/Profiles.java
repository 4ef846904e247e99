// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.simulation;

import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.channel.jira.JiraChannel;
import dev.tocsin.notifier.channel.pagerduty.PagerDutyChannel;
import dev.tocsin.notifier.channel.pagerduty.PagerDutySettings;
import dev.tocsin.notifier.channel.webhook.WebhookChannel;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Lanes as the channels themselves ask for them, where nothing is set. */
final class Profiles {

  private static final LaneProfile PAGERDUTY =
      PagerDutyChannel.profile(
          new Binder(new MapConfigurationPropertySource(Map.of()))
              .bindOrCreate("tocsin.pagerduty", PagerDutySettings.class));

  private static final LaneProfile WEBHOOK = WebhookChannel.profile(null);

  private Profiles() {}

  static LaneProfile of(String endpoint) {
    if (endpoint.startsWith("pagerduty/")) {
      return PAGERDUTY;
    }
    return endpoint.startsWith("jira/") ? JiraChannel.PROFILE : WEBHOOK;
  }
}
