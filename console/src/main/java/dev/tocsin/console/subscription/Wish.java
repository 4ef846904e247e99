// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import dev.tocsin.console.problem.Refusal;
import dev.tocsin.schemas.endpoint.EndpointPolicy;
import dev.tocsin.schemas.setting.Setting;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A subscription as a caller asks for it. */
record Wish(@Nullable String url, @Nullable List<String> events, Setting.@Nullable Filter filter) {

  private static final int MOST_EVENTS = 50;
  private static final int MOST_LABELS = 20;
  private static final int LONGEST_LABEL = 200;

  /** The address, when it is one we may send to. */
  String address(EndpointPolicy policy) {
    if (url == null || url.isBlank()) {
      throw Refusal.parameter("url", url, "an http(s) address");
    }
    String address = url.strip();
    List<String> faults = policy.faults(address);
    if (!faults.isEmpty()) {
      // A login in the address would be a secret in a log.
      String shown = address.contains("@") ? "one with a login" : address;
      throw Refusal.parameter(
          "url", shown, "an address we send to (%s)".formatted(String.join("; ", faults)));
    }
    return address;
  }

  /** Patterns that can match. */
  List<String> patterns() {
    if (events == null || events.isEmpty() || events.size() > MOST_EVENTS) {
      throw Refusal.parameter("events", events, allowedEvents());
    }
    for (int i = 0; i < events.size(); i++) {
      String pattern = events.get(i);
      if (pattern == null || !EventTypes.matchAny(pattern)) {
        throw Refusal.parameter("events[%d]".formatted(i), pattern, allowedEvents());
      }
    }
    return events.stream().distinct().toList();
  }

  private static String allowedEvents() {
    return "event types, * at the end for the rest: " + String.join(", ", EventTypes.ALL);
  }

  /** The filter; null when it lets all through. */
  Setting.@Nullable Filter checkedFilter() {
    if (filter == null || (filter.atLeast() == null && filter.labels() == null)) {
      return null;
    }
    Map<String, String> labels = filter.labels();
    if (labels != null) {
      if (labels.size() > MOST_LABELS) {
        throw Refusal.parameter(
            "filter.labels", labels.size() + " labels", "at most %d labels".formatted(MOST_LABELS));
      }
      labels.forEach(
          (name, value) -> {
            if (name.isBlank()
                || value == null
                || value.isBlank()
                || name.length() > LONGEST_LABEL
                || value.length() > LONGEST_LABEL) {
              throw Refusal.parameter(
                  "filter.labels." + name,
                  value,
                  "text of 1 to %d characters".formatted(LONGEST_LABEL));
            }
          });
    }
    return filter;
  }
}
