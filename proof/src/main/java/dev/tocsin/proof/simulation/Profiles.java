// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.simulation;

import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.channel.jira.JiraChannel;
import dev.tocsin.notifier.channel.pagerduty.PagerDutyChannel;
import dev.tocsin.notifier.channel.pagerduty.PagerDutySettings;
import dev.tocsin.notifier.channel.slack.SlackChannel;
import dev.tocsin.notifier.channel.webhook.WebhookChannel;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Lanes as the channels themselves ask for them, where nothing is set but a second channel. */
final class Profiles {

  private static final int SLACK_PER_MINUTE = 50;

  private static final LaneProfile PAGERDUTY =
      pagerDuty(Map.of("tocsin.pagerduty.second.routing-key", "second"));

  private static final LaneProfile SECOND = pagerDuty(Map.of());

  private static final LaneProfile SLACK = SlackChannel.profile(SLACK_PER_MINUTE);

  private static final LaneProfile WEBHOOK = WebhookChannel.profile(null);

  private Profiles() {}

  private static LaneProfile pagerDuty(Map<String, String> settings) {
    return PagerDutyChannel.profile(
        new Binder(new MapConfigurationPropertySource(settings))
            .bindOrCreate("tocsin.pagerduty", PagerDutySettings.class));
  }

  static LaneProfile of(String endpoint) {
    if (endpoint.startsWith("pagerduty-second/")) {
      return SECOND;
    }
    if (endpoint.startsWith("pagerduty/")) {
      return PAGERDUTY;
    }
    if (endpoint.startsWith("slack/")) {
      return SLACK;
    }
    return endpoint.startsWith("jira/") ? JiraChannel.PROFILE : WEBHOOK;
  }
}
