// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel;

import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.setting.Setting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The channels that are configured, and what to say of those that are not. */
public final class ChannelCatalog {

  private static final Map<String, String> HOW_TO_CONFIGURE =
      Map.of(
          "pagerduty", "PagerDuty is not configured: set TOCSIN_PAGERDUTY_ROUTING_KEY",
          "pagerduty-second",
              "there is no second channel for pages: set TOCSIN_PAGERDUTY_SECOND_ROUTING_KEY",
          "jira",
              "Jira is not configured: set TOCSIN_JIRA_URL, TOCSIN_JIRA_EMAIL,"
                  + " TOCSIN_JIRA_API_TOKEN and TOCSIN_JIRA_PROJECT",
          "slack", "Slack is not configured: set TOCSIN_SLACK_TOKEN and TOCSIN_SLACK_CHANNEL",
          "webhook", "webhooks are not configured: set TOCSIN_SIGNING_KEY");

  private final Map<String, Channel> channels = new TreeMap<>();

  public ChannelCatalog(List<Channel> configured) {
    for (Channel channel : configured) {
      Channel other = channels.put(channel.name(), channel);
      if (other != null) {
        throw new IllegalArgumentException(
            "two channels are named %s: %s and %s"
                .formatted(channel.name(), other.getClass(), channel.getClass()));
      }
    }
  }

  /** The channel of an endpoint, by the part of its id before the slash; null when it is off. */
  public @Nullable Channel find(String endpoint) {
    return channels.get(channelOf(endpoint));
  }

  /** Why a notification cannot go out, and what would change that; null when it can. */
  public @Nullable String refusal(Notification notification) {
    Channel channel = find(notification.endpoint());
    return channel == null
        ? whyAbsent(notification.endpoint())
        : channel.refuses(notification.content().kind());
  }

  /** What each known channel cannot do as it is configured. */
  public List<Setting.Channel> announced(Instant now) {
    return HOW_TO_CONFIGURE.keySet().stream()
        .sorted()
        .map(name -> new Setting.Channel(name, refused(name), now))
        .toList();
  }

  private Map<String, String> refused(String name) {
    Map<String, String> refused = new TreeMap<>();
    Channel channel = channels.get(name);
    for (String kind : Content.KINDS) {
      String why = channel == null ? whyAbsent(name) : channel.refuses(kind);
      if (why != null) {
        refused.put(kind, why);
      }
    }
    return refused;
  }

  /** Why there is no channel for an endpoint, and what would change that. */
  public String whyAbsent(String endpoint) {
    String name = channelOf(endpoint);
    return HOW_TO_CONFIGURE.getOrDefault(
        name, "there is no channel %s; configured: %s".formatted(name, channels.keySet()));
  }

  private static String channelOf(String endpoint) {
    int slash = endpoint.indexOf('/');
    return slash < 0 ? endpoint : endpoint.substring(0, slash);
  }
}
