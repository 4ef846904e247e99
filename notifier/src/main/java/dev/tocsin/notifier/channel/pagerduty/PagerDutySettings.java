// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.pagerduty;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How PagerDuty is reached. Without a routing key nobody is paged over it.
 *
 * @param url of the Events API; {@code https://events.eu.pagerduty.com} in the EU region
 * @param apiUrl of the REST API; unset, it is PagerDuty's own, or {@code url} where that was set
 * @param apiToken for what only the REST API has: unset, notes are not sent, and what people do in
 *     PagerDuty is not seen
 * @param from the e-mail address of the user in whose name notes are written; an account's token
 *     needs one
 * @param ratePerMinute the pace of events; 0 is unpaced
 * @param hedgeAfter how long nothing may be heard of a page before it is sent again beside the
 *     first attempt, with the same dedup key; 0 is never
 * @param second where a page goes as well that is not taken in time
 * @param pollInterval how often PagerDuty is asked who acknowledged or resolved there; 0 is never
 */
@ConfigurationProperties(prefix = "tocsin.pagerduty", ignoreUnknownFields = false)
public record PagerDutySettings(
    @DefaultValue(PagerDutySettings.EVENTS) URI url,
    @Nullable URI apiUrl,
    @DefaultValue("") String routingKey,
    @DefaultValue("") String apiToken,
    @DefaultValue("") String from,
    @DefaultValue("110") int ratePerMinute,
    @DefaultValue("5s") Duration hedgeAfter,
    @DefaultValue Second second,
    @DefaultValue("15s") Duration pollInterval) {

  /**
   * The second channel: whatever takes PagerDuty's events. Another key of the same account helps
   * when the first is wrong or its service is off; another address, when PagerDuty is away.
   *
   * @param url of its Events API; unset, the same as the first
   * @param routingKey empty when there is no second channel
   * @param after how long a page may not be taken at the first
   */
  public record Second(
      @Nullable URI url, @DefaultValue("") String routingKey, @DefaultValue("60s") Duration after) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    public Second {
      if (url != null) {
        requireHttp("tocsin.pagerduty.second.url", url);
      }
      if (after.compareTo(SHORTEST) < 0 || after.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "tocsin.pagerduty.second.after should be between 1s and 10m: was " + after);
      }
    }

    public boolean isConfigured() {
      return !routingKey.isBlank();
    }

    /** None. */
    public static Second off() {
      return new Second(null, "", Duration.ofMinutes(1));
    }

    @Override
    public String toString() {
      return "Second[url=%s, configured=%s, after=%s]".formatted(url, isConfigured(), after);
    }
  }

  static final String EVENTS = "https://events.pagerduty.com";
  private static final Duration SHORTEST_POLL = Duration.ofMillis(100);
  private static final Duration SHORTEST_HEDGE = Duration.ofSeconds(1);
  private static final Duration LONGEST_HEDGE = Duration.ofSeconds(15);
  private static final Duration LONGEST_POLL = Duration.ofMinutes(10);
  private static final String REST = "https://api.pagerduty.com";

  public PagerDutySettings {
    requireHttp("tocsin.pagerduty.url", url);
    if (ratePerMinute < 0 || ratePerMinute > 100_000) {
      throw new IllegalArgumentException(
          "tocsin.pagerduty.rate-per-minute should be between 0 (unpaced) and 100000: was "
              + ratePerMinute);
    }
    if (!pollInterval.isZero()
        && (pollInterval.compareTo(SHORTEST_POLL) < 0
            || pollInterval.compareTo(LONGEST_POLL) > 0)) {
      throw new IllegalArgumentException(
          "tocsin.pagerduty.poll-interval should be between 100ms and 10m, or 0 (off): was "
              + pollInterval);
    }
    if (!hedgeAfter.isZero()
        && (hedgeAfter.compareTo(SHORTEST_HEDGE) < 0 || hedgeAfter.compareTo(LONGEST_HEDGE) > 0)) {
      throw new IllegalArgumentException(
          "tocsin.pagerduty.hedge-after should be between 1s and 15s, or 0 (off): was "
              + hedgeAfter);
    }
    if (!from.isEmpty() && !from.contains("@")) {
      throw new IllegalArgumentException(
          "tocsin.pagerduty.from should be the e-mail address of a user: was '%s'".formatted(from));
    }
  }

  private static void requireHttp(String key, URI url) {
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException(
          "%s should begin with https:// (or http://): was '%s'".formatted(key, url));
    }
  }

  /** The second channel as a first one: no token, so no notes and no news from there. */
  PagerDutySettings ofSecond() {
    return new PagerDutySettings(
        second.url() == null ? url : second.url(),
        null,
        second.routingKey(),
        "",
        "",
        ratePerMinute,
        hedgeAfter,
        Second.off(),
        pollInterval);
  }

  public boolean isConfigured() {
    return !routingKey.isBlank();
  }

  boolean takesNotes() {
    return hasToken();
  }

  public boolean hasToken() {
    return !apiToken.isBlank();
  }

  /** Whether what people do in PagerDuty can be seen, and should. */
  public boolean isFollowed() {
    return isConfigured() && takesNotes() && !pollInterval.isZero();
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
    return "PagerDutySettings[url=%s, configured=%s, takesNotes=%s, ratePerMinute=%d, hedgeAfter=%s, second=%s, pollInterval=%s]"
        .formatted(
            url, isConfigured(), takesNotes(), ratePerMinute, hedgeAfter, second, pollInterval);
  }
}
