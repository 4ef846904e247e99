// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.sentinel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far beats have come: the newest that each hop has seen, in the order of the way. A beat is
 * named by the time at which it was sent, by our own clock.
 */
record Hops(Map<String, Instant> newest) {

  private static final JsonMapper JSON = new JsonMapper();

  /** From the console's answer; null when it is none. */
  static @Nullable Hops read(byte[] json) {
    try {
      JsonNode hops = JSON.readTree(json).path("hops");
      if (!hops.isArray()) {
        return null;
      }
      Map<String, Instant> newest = new LinkedHashMap<>();
      for (JsonNode hop : hops) {
        String beat = hop.path("beat").asString("");
        newest.put(
            hop.path("hop").asString(""), beat.isEmpty() ? Instant.EPOCH : Instant.parse(beat));
      }
      return new Hops(newest);
    } catch (JacksonException | java.time.DateTimeException e) {
      return null;
    }
  }

  /** The newest beat that came all the way; the epoch when none did. */
  Instant arrived() {
    return newest.values().stream().min(Instant::compareTo).orElse(Instant.EPOCH);
  }

  /** Where beats newer than that are, in words: the last hop seen alive, and those behind it. */
  String whereTheyStop(Instant arrived) {
    List<String> alive = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    newest.forEach(
        (hop, beat) -> {
          if (silent.isEmpty() && beat.isAfter(arrived)) {
            alive.add(hop);
          } else {
            silent.add(beat.equals(Instant.EPOCH) ? hop + " never" : hop + " last at " + beat);
          }
        });
    String seen =
        alive.isEmpty() ? "no hop sees new beats" : "the last hop seen alive is " + alive.getLast();
    return silent.isEmpty() ? seen : seen + " (" + String.join(", ", silent) + ")";
  }
}
