// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.pagerduty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tocsin.notifier.channel.text.PlainText;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.topic.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of an Events API v2 request. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PagerDutyEvent(
    @JsonProperty("routing_key") String routingKey,
    @JsonProperty("event_action") String action,
    @JsonProperty("dedup_key") String dedupKey,
    @Nullable Payload payload,
    @Nullable List<Link> links,
    @Nullable String client,
    @JsonProperty("client_url") @Nullable String clientUrl) {

  /** What the page says. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Payload(
      String summary,
      String source,
      String severity,
      String timestamp,
      @Nullable String component,
      @Nullable String group,
      @JsonProperty("custom_details") Map<String, String> details) {}

  /** Where the page points. */
  record Link(String href, String text) {}

  private static final int LONGEST_SUMMARY = 1024;
  private static final int LONGEST_FIELD = 1024;
  private static final int MOST_BYTES = 512_000;
  private static final int MOST_LINKS = 20;

  /** What each detail is cut to, round by round, until the event fits. */
  private static final int[] ROUNDS = {16_000, 2_000, 200};

  /** A trigger that fits: details are cut first, then dropped. */
  static byte[] trigger(String routingKey, Content.Page page) {
    byte[] json = bytes(trigger(routingKey, page, details(page, Integer.MAX_VALUE)));
    for (int i = 0; i < ROUNDS.length && json.length > MOST_BYTES; i++) {
      json = bytes(trigger(routingKey, page, details(page, ROUNDS[i])));
    }
    if (json.length > MOST_BYTES) {
      Map<String, String> dropped =
          Map.of("tocsin", page.details().size() + " details were left out: too large for a page");
      json = bytes(trigger(routingKey, page, dropped));
    }
    return json;
  }

  static byte[] acknowledge(String routingKey, String dedupKey) {
    return bytes(new PagerDutyEvent(routingKey, "acknowledge", dedupKey, null, null, null, null));
  }

  static byte[] resolve(String routingKey, String dedupKey) {
    return bytes(new PagerDutyEvent(routingKey, "resolve", dedupKey, null, null, null, null));
  }

  private static PagerDutyEvent trigger(
      String routingKey, Content.Page page, Map<String, String> details) {
    String summary = PlainText.line(page.summary());
    String source = field(page.source());
    List<Link> links =
        page.links().stream()
            .filter(link -> PlainText.isWebLink(link.href()) && link.href().length() <= 2048)
            .limit(MOST_LINKS)
            .map(link -> new Link(link.href(), PlainText.cut(PlainText.line(link.text()), 255)))
            .toList();
    return new PagerDutyEvent(
        routingKey,
        "trigger",
        page.dedupKey(),
        new Payload(
            PlainText.cut(summary.isEmpty() ? "(no summary)" : summary, LONGEST_SUMMARY),
            source.isEmpty() ? "tocsin" : source,
            page.severity().name().toLowerCase(Locale.ROOT),
            page.since().toString(),
            page.component() == null ? null : field(page.component()),
            page.group() == null ? null : field(page.group()),
            details),
        links.isEmpty() ? null : links,
        "Tocsin",
        clientUrl(links));
  }

  /** The link to the incident at ours, which by custom is called Tocsin. */
  private static @Nullable String clientUrl(List<Link> links) {
    return links.stream()
        .filter(link -> link.text().contains("Tocsin"))
        .map(Link::href)
        .findFirst()
        .orElse(null);
  }

  private static Map<String, String> details(Content.Page page, int longest) {
    Map<String, String> details = new LinkedHashMap<>();
    page.details()
        .forEach(
            (name, text) ->
                details.put(PlainText.line(name), PlainText.cut(PlainText.clean(text), longest)));
    return details;
  }

  private static String field(String text) {
    return PlainText.cut(PlainText.line(text), LONGEST_FIELD);
  }

  private static byte[] bytes(PagerDutyEvent event) {
    return Json.MAPPER.writeValueAsBytes(event);
  }
}
