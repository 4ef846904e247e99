// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.oracle;

import dev.tocsin.proof.history.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each subscriber heard of each incident against what the topic of incidents says happened to
 * it since it subscribed: nobody is told what is stamped before that. A subscriber drops what it
 * has already had of a webhook-id, as it should.
 */
final class EventChecks {

  private static final String PREFIX = "dev.tocsin.incident.";
  private static final Set<String> TOLD_BY_NAME =
      Set.of("opened", "acknowledged", "resolved", "reopened");

  private final Facts facts;
  private final List<Finding> findings = new ArrayList<>();

  EventChecks(Facts facts) {
    this.facts = facts;
  }

  List<Finding> findings() {
    for (Entry.Subscribed subscribed : facts.all(Entry.Subscribed.class)) {
      Map<String, List<String>> happened = happenedSince(subscribed.at());
      Map<String, List<String>> heard = heardBy(subscribed.receiver());
      happened.forEach(
          (incident, events) ->
              compare(
                  subscribed.receiver() + " about " + incident,
                  events,
                  heard.getOrDefault(incident, List.of())));
      heard.forEach(
          (incident, events) -> {
            if (!happened.containsKey(incident)) {
              add(Check.EVENT_UNASKED, "%s about %s".formatted(subscribed.receiver(), incident));
            }
          });
    }
    identities();
    return findings;
  }

  /** Types by incident, in the order of the topic. */
  private Map<String, List<String>> happenedSince(Instant since) {
    Map<String, List<String>> happened = new LinkedHashMap<>();
    facts.told.stream()
        .filter(told -> !told.at().isBefore(since))
        .forEach(
            told ->
                happened.computeIfAbsent(told.incident(), i -> new ArrayList<>()).add(type(told)));
    return happened;
  }

  private static String type(Entry.Told told) {
    return PREFIX + (TOLD_BY_NAME.contains(told.type()) ? told.type() : "updated");
  }

  /** Types by incident, in the order of their first arrival. */
  private Map<String, List<String>> heardBy(String receiver) {
    Map<String, List<String>> heard = new LinkedHashMap<>();
    Set<String> known = new HashSet<>();
    for (Entry.Heard call : facts.heard) {
      if (call.receiver().equals(receiver)
          && call.taken()
          && call.type().startsWith(PREFIX)
          && known.add(call.webhookId())) {
        heard.computeIfAbsent(call.incident(), i -> new ArrayList<>()).add(call.type());
      }
    }
    return heard;
  }

  private void compare(String about, List<String> happened, List<String> heard) {
    if (heard.equals(happened)) {
      return;
    }
    List<String> missing = without(happened, heard);
    List<String> extra = without(heard, happened);
    missing.forEach(type -> add(Check.EVENT_LOST, "%s: %s".formatted(about, type)));
    extra.forEach(type -> add(Check.EVENT_UNASKED, "%s: %s".formatted(about, type)));
    if (missing.isEmpty() && extra.isEmpty()) {
      add(Check.EVENT_DISORDERED, "%s: %s instead of %s".formatted(about, heard, happened));
    }
  }

  private static List<String> without(List<String> all, List<String> others) {
    List<String> rest = new ArrayList<>(all);
    others.forEach(rest::remove);
    return rest;
  }

  private void identities() {
    Map<String, String> names = new HashMap<>();
    for (Entry.Heard call : facts.heard) {
      String event = call.receiver() + '/' + call.eventId();
      String name = names.putIfAbsent(event, call.webhookId());
      if (name != null && !name.equals(call.webhookId())) {
        add(Check.EVENT_RENAMED, "%s: %s and %s".formatted(event, name, call.webhookId()));
      }
      if (!call.verified()) {
        add(Check.EVENT_UNSIGNED, event);
      }
    }
  }

  private void add(Check check, String what) {
    findings.add(new Finding(check, what));
  }
}
