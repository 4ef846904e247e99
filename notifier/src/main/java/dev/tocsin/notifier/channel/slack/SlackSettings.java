// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.slack;

import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Slack is reached, and which of its channels take posts. Without a token there are none.
 *
 * @param url of the Web API
 * @param token of the app's bot, {@code xoxb-…}, with the scopes chat:write, channels:history and,
 *     for private channels, groups:history
 * @param channel the id of the one where {@code slack/default} goes
 * @param channels the ids of those where {@code slack/<name>} goes, by that name
 * @param buttons whether a post has buttons; they need an address of ingest that Slack can call,
 *     and {@code tocsin.ingest.callbacks.slack.secret} there
 * @param ratePerMinute the pace of each channel; 0 is unpaced
 */
@ConfigurationProperties(prefix = "tocsin.slack", ignoreUnknownFields = false)
public record SlackSettings(
    @DefaultValue("https://slack.com") URI url,
    @DefaultValue("") String token,
    @DefaultValue("") String channel,
    @DefaultValue Map<String, String> channels,
    @DefaultValue("false") boolean buttons,
    @DefaultValue("50") int ratePerMinute) {

  private static final int FASTEST = 100_000;

  /** What was posted is looked for by id only, and a name can change. */
  private static final Pattern CHANNEL = Pattern.compile("[CG][A-Z0-9]{6,20}");

  public SlackSettings {
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException(
          "tocsin.slack.url should begin with https:// (or http://): was '%s'".formatted(url));
    }
    channels = Map.copyOf(channels);
    channels.forEach((name, id) -> requireChannel("tocsin.slack.channels." + name, id));
    if (!channel.isBlank()) {
      requireChannel("tocsin.slack.channel", channel);
    }
    if (!token.isBlank() && channel.isBlank() && channels.isEmpty()) {
      throw new IllegalArgumentException(
          "tocsin.slack.token is set, so tocsin.slack.channel should be too: where posts go");
    }
    if (ratePerMinute < 0 || ratePerMinute > FASTEST) {
      throw new IllegalArgumentException(
          "tocsin.slack.rate-per-minute should be between 0 (unpaced) and %d: was %d"
              .formatted(FASTEST, ratePerMinute));
    }
  }

  private static void requireChannel(String key, String channel) {
    if (!CHANNEL.matcher(channel).matches()) {
      throw new IllegalArgumentException(
          "%s should be a channel's id, as C0123ABCD (Slack shows it below the channel's details): was '%s'"
              .formatted(key, channel));
    }
  }

  public boolean isConfigured() {
    return !token.isBlank();
  }

  /** The channel of an endpoint; null when there is none. */
  @Nullable String channelOf(String endpoint) {
    String name = endpoint.substring(endpoint.indexOf('/') + 1);
    String named = channels.get(name);
    return named == null && name.equals("default") && !channel.isBlank() ? channel : named;
  }

  URI method(String nameAndQuery) {
    return URI.create(url.toString().replaceFirst("/+$", "") + "/api/" + nameAndQuery);
  }

  @Override
  public String toString() {
    return "SlackSettings[url=%s, configured=%s, channel=%s, channels=%s, buttons=%s, ratePerMinute=%d]"
        .formatted(url, isConfigured(), channel, channels, buttons, ratePerMinute);
  }
}
