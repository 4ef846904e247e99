// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.oracle;

import dev.tocsin.proof.history.Entry;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A history by its kinds of entries, calls in the order in which they arrived. */
final class Facts {

  private final List<Entry> entries;

  /** Services whose alert was accepted, in order. */
  final Set<String> fired = new LinkedHashSet<>();

  /** Services whose resolution was accepted. */
  final Set<String> resolved = new LinkedHashSet<>();

  /** Services of which anything was sent at all. */
  final Set<String> tried = new LinkedHashSet<>();

  /** Services for which a resolution was sent, accepted or not. */
  final Set<String> triedToResolve = new LinkedHashSet<>();

  final List<Entry.Paged> pages;
  final List<Entry.Ticketed> tickets;
  final List<Entry.Posted> posts;
  final List<Entry.Heard> heard;
  final List<Entry.Told> told;

  /** By incident. */
  final Map<String, String> services = new HashMap<>();

  /** By service. */
  private final Map<String, Set<String>> epochs = new HashMap<>();

  Facts(List<Entry> entries) {
    this.entries = entries;
    for (Entry.Sent sent : all(Entry.Sent.class)) {
      tried.add(sent.service());
      if (!sent.firing()) {
        triedToResolve.add(sent.service());
      }
      if (sent.isAccepted()) {
        (sent.firing() ? fired : resolved).add(sent.service());
      }
    }
    this.pages = inOrder(Entry.Paged.class);
    this.tickets = inOrder(Entry.Ticketed.class);
    this.posts = inOrder(Entry.Posted.class);
    this.heard = inOrder(Entry.Heard.class);
    this.told = all(Entry.Told.class);
    told.stream()
        .filter(t -> !t.service().isEmpty())
        .forEach(t -> services.put(t.incident(), t.service()));
    told.forEach(this::note);
  }

  private void note(Entry.Told told) {
    String service = services.get(told.incident());
    if (service != null && (told.type().equals("opened") || told.type().equals("reopened"))) {
      epochs
          .computeIfAbsent(service, s -> new HashSet<>())
          .add(told.incident() + '-' + told.epoch());
    }
  }

  /** Each time that a service's incident was opened or opened again, as it is called at Slack. */
  Set<String> epochs(String service) {
    return epochs.getOrDefault(service, Set.of());
  }

  <E extends Entry> List<E> all(Class<E> kind) {
    return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The last of its kind; null when there is none. */
  <E extends Entry> @Nullable E last(Class<E> kind) {
    List<E> all = all(kind);
    return all.isEmpty() ? null : all.getLast();
  }

  private <E extends Entry> List<E> inOrder(Class<E> kind) {
    return all(kind).stream().sorted(Comparator.comparing(Entry::at)).toList();
  }

  static <E> Map<String, List<E>> by(List<E> entries, Function<E, String> key) {
    return entries.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }
}
