// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.pagerduty;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How PagerDuty is reached. Without a routing key nobody is paged over it.
 *
 * @param url of the Events API; {@code https://events.eu.pagerduty.com} in the EU region
 * @param apiUrl of the REST API; unset, it is PagerDuty's own, or {@code url} where that was set
 * @param apiToken for notes, which only the REST API takes; unset, notes are not sent
 * @param from the e-mail address of the user in whose name notes are written; an account's token
 *     needs one
 * @param ratePerMinute the pace of events; 0 is unpaced
 */
@ConfigurationProperties(prefix = "tocsin.pagerduty", ignoreUnknownFields = false)
public record PagerDutySettings(
    @DefaultValue(PagerDutySettings.EVENTS) URI url,
    @Nullable URI apiUrl,
    @DefaultValue("") String routingKey,
    @DefaultValue("") String apiToken,
    @DefaultValue("") String from,
    @DefaultValue("110") int ratePerMinute) {

  static final String EVENTS = "https://events.pagerduty.com";
  private static final String REST = "https://api.pagerduty.com";

  public PagerDutySettings {
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException(
          "tocsin.pagerduty.url should begin with https:// (or http://): was '%s'".formatted(url));
    }
    if (ratePerMinute < 0 || ratePerMinute > 100_000) {
      throw new IllegalArgumentException(
          "tocsin.pagerduty.rate-per-minute should be between 0 (unpaced) and 100000: was "
              + ratePerMinute);
    }
    if (!from.isEmpty() && !from.contains("@")) {
      throw new IllegalArgumentException(
          "tocsin.pagerduty.from should be the e-mail address of a user: was '%s'".formatted(from));
    }
  }

  public boolean isConfigured() {
    return !routingKey.isBlank();
  }

  boolean takesNotes() {
    return !apiToken.isBlank();
  }

  URI enqueue() {
    return URI.create(base(url.toString()) + "/v2/enqueue");
  }

  URI rest(String path) {
    String base = apiUrl != null && !apiUrl.toString().isEmpty() ? apiUrl.toString() : restOf(url);
    return URI.create(base(base) + path);
  }

  private static String restOf(URI events) {
    return switch (base(events.toString())) {
      case EVENTS -> REST;
      case "https://events.eu.pagerduty.com" -> "https://api.eu.pagerduty.com";
      default -> events.toString();
    };
  }

  private static String base(String url) {
    return url.replaceFirst("/+$", "").replaceFirst("/v2/enqueue$", "");
  }

  @Override
  public String toString() {
    return "PagerDutySettings[url=%s, configured=%s, takesNotes=%s, ratePerMinute=%d]"
        .formatted(url, isConfigured(), takesNotes(), ratePerMinute);
  }
}
