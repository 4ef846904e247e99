// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.sentinel;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the sentinel is told by its environment.
 *
 * @param watch the health address of what it watches
 * @param way the way of its beats; null when it sends none, and only asks for health
 * @param routingKey its own PagerDuty key
 * @param pagerDuty where PagerDuty takes events
 * @param every how long it waits between two looks
 * @param patience how long nothing may be well before it pages: longer than a restart takes
 */
record SentinelSettings(
    URI watch,
    @Nullable Way way,
    String routingKey,
    URI pagerDuty,
    Duration every,
    Duration patience) {

  static final String WATCH_URL = "TOCSIN_SENTINEL_WATCH_URL";
  static final String ROUTING_KEY = "TOCSIN_SENTINEL_ROUTING_KEY";
  static final String PAGERDUTY_URL = "TOCSIN_SENTINEL_PAGERDUTY_URL";

  static final String EVERY = "TOCSIN_SENTINEL_EVERY";
  static final String PATIENCE = "TOCSIN_SENTINEL_PATIENCE";

  static final String INGEST_URL = "TOCSIN_SENTINEL_INGEST_URL";
  static final String INGEST_TOKEN = "TOCSIN_SENTINEL_INGEST_TOKEN";

  private static final Duration DEFAULT_EVERY = Duration.ofSeconds(15);
  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(60);
  private static final Duration SHORTEST = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Pattern LENGTH = Pattern.compile("([0-9]{1,6})(ms|s|m)");

  private static final String DEFAULT_INGEST_URL = "http://localhost:8080/v1/alerts/sentinel";
  private static final String DEFAULT_WATCH_URL = "http://localhost:8081/actuator/health";
  private static final String DEFAULT_PAGERDUTY_URL = "https://events.pagerduty.com";

  /**
   * The way of a beat.
   *
   * @param ingest where it goes in
   * @param token what its source has to show there
   * @param hops where the console says how far beats have come
   */
  record Way(URI ingest, String token, URI hops) {

    @Override
    public String toString() {
      return "Way[" + ingest + ", " + hops + "]";
    }
  }

  /** Settings that cannot be worked with: all of their faults at once. */
  static final class RefusedException extends Exception {

    RefusedException(List<String> faults) {
      super(String.join("\n", faults));
    }
  }

  static SentinelSettings from(Map<String, String> env) throws RefusedException {
    List<String> faults = new ArrayList<>();
    String key = env.getOrDefault(ROUTING_KEY, "").strip();
    if (key.isEmpty()) {
      faults.add(
          ROUTING_KEY
              + " is not set: the sentinel needs a PagerDuty routing key of its own, so that it can"
              + " page when nothing else does");
    }
    String watch = address(env, WATCH_URL, DEFAULT_WATCH_URL, faults);
    String ingest = address(env, INGEST_URL, DEFAULT_INGEST_URL, faults);
    String token = env.getOrDefault(INGEST_TOKEN, "").strip();
    String pagerDuty = address(env, PAGERDUTY_URL, DEFAULT_PAGERDUTY_URL, faults);
    Duration every = length(env, EVERY, DEFAULT_EVERY, faults);
    Duration patience = length(env, PATIENCE, DEFAULT_PATIENCE, faults);
    if (patience.compareTo(every.multipliedBy(2)) < 0) {
      faults.add(
          "%s should be at least twice %s, or one lost beat pages: were %s and %s"
              .formatted(PATIENCE, EVERY, patience, every));
    }
    if (!faults.isEmpty()) {
      throw new RefusedException(faults);
    }
    String base = pagerDuty.endsWith("/") ? pagerDuty : pagerDuty + "/";
    Way way =
        token.isEmpty()
            ? null
            : new Way(URI.create(ingest), token, URI.create(watch).resolve("/v1/beats"));
    return new SentinelSettings(
        URI.create(watch), way, key, URI.create(base).resolve("v2/enqueue"), every, patience);
  }

  private static Duration length(
      Map<String, String> env, String name, Duration otherwise, List<String> faults) {
    String text = env.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return otherwise;
    }
    Matcher parts = LENGTH.matcher(text);
    if (parts.matches()) {
      long number = Long.parseLong(parts.group(1));
      Duration length =
          switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
          };
      if (length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0) {
        return length;
      }
    }
    faults.add(
        "%s should be a whole number and ms, s or m, from 20ms to 60m, as in 15s: was '%s'"
            .formatted(name, text));
    return otherwise;
  }

  private static String address(
      Map<String, String> env, String name, String otherwise, List<String> faults) {
    String text = env.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!isHttp(text)) {
      faults.add(name + " should be an http or https address: was '" + text + "'");
    }
    return text;
  }

  private static boolean isHttp(String text) {
    try {
      URI address = URI.create(text);
      return address.getHost() != null
          && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
