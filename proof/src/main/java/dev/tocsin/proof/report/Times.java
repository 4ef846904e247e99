// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.report;

import dev.tocsin.proof.history.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Times that a history tells. */
final class Times {

  /**
   * An incident's way to its page.
   *
   * @param faults in the way meanwhile, with the time until the role was ready again
   */
  record Way(Instant acceptedAt, Instant pagedAt, List<Entry.Struck> faults) {

    Meanwhile meanwhile() {
      return Meanwhile.of(faults);
    }

    long millis() {
      return Duration.between(acceptedAt, pagedAt).toMillis();
    }
  }

  /** From a kill to the first page for an alert that was sent after it. */
  record Recovery(String role, Instant killedAt, long millis) {}

  private final List<Entry> history;
  private final List<Entry.Struck> kills;
  private final List<Entry.Struck> inTheWay;

  /** When Kafka was away for long. */
  private final List<Entry.Struck> outages;

  /** By service: when its first message was sent. */
  private final Map<String, Instant> sent = new HashMap<>();

  private final Map<String, Instant> accepted = new HashMap<>();
  private final Map<String, Instant> paged = new HashMap<>();

  Times(List<Entry> history) {
    this.history = history;
    this.kills = all(Entry.Struck.class).stream().filter(Entry.Struck::isKill).toList();
    this.inTheWay = all(Entry.Struck.class).stream().filter(Meanwhile::isInTheWay).toList();
    this.outages =
        all(Entry.Struck.class).stream()
            .filter(s -> s.kind().equals("outage") && s.target().equals("broker"))
            .toList();
    for (Entry.Sent message : all(Entry.Sent.class)) {
      if (message.firing()) {
        sent.merge(message.service(), message.at(), Times::earlier);
        if (message.isAccepted()) {
          accepted.merge(message.service(), message.answeredAt(), Times::earlier);
        }
      }
    }
    for (Entry.Paged page : all(Entry.Paged.class)) {
      if (page.taken() && page.isTrigger()) {
        paged.merge(page.service(), page.at(), Times::earlier);
      }
    }
  }

  List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    accepted.forEach(
        (service, from) -> {
          Instant to = paged.get(service);
          if (to != null) {
            ways.add(new Way(from, to.isBefore(from) ? from : to, faultsWithin(from, to)));
          }
        });
    return ways;
  }

  /**
   * By role: from a kill until it said that it was ready. While something else is at fault a role
   * may wait for that: for a dead broker, say.
   *
   * @param alone those with nothing else at fault meanwhile, or those with something
   */
  Map<String, List<Long>> restarts(boolean alone) {
    Map<String, List<Long>> restarts = new TreeMap<>();
    kills.stream()
        .filter(kill -> isAlone(kill, kill.until()) == alone)
        .forEach(
            kill ->
                restarts
                    .computeIfAbsent(kill.target(), role -> new ArrayList<>())
                    .add(Duration.between(kill.at(), kill.until()).toMillis()));
    return restarts;
  }

  /** Where another fault came before the first page, there is no telling whose it is. */
  List<Recovery> recoveries() {
    List<Recovery> recoveries = new ArrayList<>();
    for (Entry.Struck kill : kills) {
      Instant first = firstPageOfWhatCameAfter(kill.at());
      if (first != null && isAlone(kill, first)) {
        recoveries.add(
            new Recovery(kill.target(), kill.at(), Duration.between(kill.at(), first).toMillis()));
      }
    }
    return recoveries;
  }

  /** How long accepted messages waited for their answer. */
  List<Long> answers(Predicate<Instant> sentAt) {
    return all(Entry.Sent.class).stream()
        .filter(sent -> sent.isAccepted() && sentAt.test(sent.at()))
        .map(sent -> Duration.between(sent.at(), sent.answeredAt()).toMillis())
        .toList();
  }

  boolean isWithoutKafka(Instant at) {
    return outages.stream().anyMatch(o -> at.isAfter(o.at()) && at.isBefore(o.until()));
  }

  /** From Kafka's return until it has all that was accepted without it; -1 without an outage. */
  long drainMillis() {
    long longest = -1;
    List<Entry.Logged> alerts = all(Entry.Logged.class);
    for (Entry.Struck outage : outages) {
      Instant last = outage.until();
      for (Entry.Logged alert : alerts) {
        if (alert.receivedAt().isAfter(outage.at())
            && alert.receivedAt().isBefore(outage.until())
            && alert.at().isAfter(last)) {
          last = alert.at();
        }
      }
      longest = Math.max(longest, Duration.between(outage.until(), last).toMillis());
    }
    return longest;
  }

  private boolean isAlone(Entry.Struck kill, Instant until) {
    return faultsWithin(kill.at(), until).stream().allMatch(kill::equals);
  }

  private @Nullable Instant firstPageOfWhatCameAfter(Instant kill) {
    Instant first = null;
    for (Map.Entry<String, Instant> page : paged.entrySet()) {
      Instant began = sent.get(page.getKey());
      if (began != null
          && began.isAfter(kill)
          && (first == null || page.getValue().isBefore(first))) {
        first = page.getValue();
      }
    }
    return first;
  }

  private List<Entry.Struck> faultsWithin(Instant from, Instant to) {
    return inTheWay.stream().filter(s -> s.until().isAfter(from) && s.at().isBefore(to)).toList();
  }

  <E extends Entry> List<E> all(Class<E> kind) {
    return history.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
