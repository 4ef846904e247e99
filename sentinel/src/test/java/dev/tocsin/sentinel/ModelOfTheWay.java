// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.sentinel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The way of beats, as far as time goes: what is dead passes nothing on, and what came meanwhile
 * waits before it, in order, until it is back and has caught up.
 */
final class ModelOfTheWay {

  private static final List<String> HOPS = List.of("ingest", "detection", "workflow", "notifier");
  private static final List<String> ROLES =
      List.of("broker", "ingest", "detection", "workflow", "notifier", "console");

  private static final Duration BETWEEN_DEATHS = Duration.ofSeconds(300);
  private static final long SHORTEST_MILLIS = 4_000;
  private static final long LONGEST_MILLIS = 20_000;

  private final Random random;
  private final Map<String, Instant> deadUntil = new HashMap<>();

  /** When each hop sees each beat, in order. */
  private final Map<String, Map<Instant, Instant>> seen = new LinkedHashMap<>();

  private Instant nextDeath = Instant.MIN;
  private int deaths;

  ModelOfTheWay(Random random) {
    this.random = random;
    HOPS.forEach(hop -> seen.put(hop, new LinkedHashMap<>()));
  }

  /** Roles die when it is their time: mostly one, and now and then all of them together. */
  synchronized void until(Instant now) {
    if (nextDeath.equals(Instant.MIN)) {
      nextDeath = now.plus(BETWEEN_DEATHS);
    }
    if (now.isBefore(nextDeath)) {
      return;
    }
    Duration death =
        Duration.ofMillis(SHORTEST_MILLIS + random.nextLong(LONGEST_MILLIS - SHORTEST_MILLIS + 1));
    // It happened at any moment since the last look.
    Instant at = now.minusMillis(random.nextLong(15_000));
    if (random.nextInt(10) == 0) {
      ROLES.forEach(role -> kill(role, at, death));
    } else {
      kill(ROLES.get(random.nextInt(ROLES.size())), at, death);
    }
    nextDeath =
        now.plusMillis(60_000 + random.nextLong(2 * BETWEEN_DEATHS.minusSeconds(60).toMillis()));
  }

  synchronized void kill(String role, Instant at, Duration death) {
    deadUntil.put(role, at.plus(death));
    deaths++;
    // What it had not passed on waits.
    int first = HOPS.indexOf(role.equals("broker") ? "ingest" : role);
    if (first >= 0) {
      Map<Instant, Instant> waiting = seen.get(HOPS.get(first));
      List<Instant> beats =
          waiting.entrySet().stream()
              .filter(e -> e.getValue().isAfter(at))
              .map(Map.Entry::getKey)
              .toList();
      beats.forEach(beat -> pass(beat, waiting.get(beat), first));
    }
  }

  synchronized void killAll(Instant at) {
    ROLES.forEach(role -> kill(role, at, Duration.ofDays(999)));
  }

  synchronized int deaths() {
    return deaths;
  }

  synchronized boolean isDead(String role, Instant now) {
    return now.isBefore(deadUntil.getOrDefault(role, Instant.MIN));
  }

  /** Ingest takes it without a broker too, and keeps it on disk. */
  synchronized void send(Instant beat, Instant now) {
    pass(beat, now, 0);
  }

  private void pass(Instant beat, Instant from, int first) {
    Instant at = from;
    for (String hop : HOPS.subList(first, HOPS.size())) {
      at = whenAlive("broker", whenAlive(hop, at)).plus(aWhile());
      Instant before = seen.get(hop).values().stream().reduce((a, b) -> b).orElse(at);
      if (seen.get(hop).containsKey(beat)) {
        before = at;
      }
      at = before.isAfter(at) ? before : at;
      seen.get(hop).put(beat, at);
      if (seen.get(hop).size() > 50) {
        seen.get(hop).remove(seen.get(hop).keySet().iterator().next());
      }
    }
  }

  private Instant whenAlive(String role, Instant at) {
    Instant until = deadUntil.getOrDefault(role, Instant.MIN);
    return at.isBefore(until) ? until.plusMillis(random.nextLong(3_000)) : at;
  }

  /** A commit and a fetch; one in a hundred waits for a rebalance or a collection of garbage. */
  private Duration aWhile() {
    return Duration.ofMillis(
        random.nextInt(100) == 0 ? random.nextLong(6_000) : 5 + random.nextLong(100));
  }

  /** As the console tells it: the newest beat of each hop. */
  synchronized List<Map<String, String>> hops(Instant now) {
    List<Map<String, String>> hops = new ArrayList<>();
    seen.forEach(
        (hop, beats) ->
            hops.add(
                Map.of(
                    "hop",
                    hop,
                    "beat",
                    beats.entrySet().stream()
                        .filter(e -> !e.getValue().isAfter(now))
                        .map(Map.Entry::getKey)
                        .max(Instant::compareTo)
                        .map(Instant::toString)
                        .orElse(""))));
    return hops;
  }
}
