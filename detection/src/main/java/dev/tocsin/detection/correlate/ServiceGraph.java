// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which service depends on which, as people wrote it down. It has no cycle. */
public final class ServiceGraph {

  private static final SortedSet<String> NONE = Collections.unmodifiableSortedSet(new TreeSet<>());

  /** Beyond this many, a dependency is too far to be the cause of anything. */
  private static final int FARTHEST = 16;

  public static final ServiceGraph EMPTY = new ServiceGraph(new TreeMap<>());

  private final SortedMap<String, SortedSet<String>> dependsOn;
  private final SortedMap<String, SortedSet<String>> usedBy = new TreeMap<>();

  /** Of each service asked about: the way to all it depends on. */
  private final Map<String, Map<String, List<String>>> ways = new HashMap<>();

  ServiceGraph(SortedMap<String, SortedSet<String>> dependsOn) {
    this.dependsOn = dependsOn;
    dependsOn.forEach(
        (service, of) ->
            of.forEach(one -> usedBy.computeIfAbsent(one, _ -> new TreeSet<>()).add(service)));
  }

  public Set<String> services() {
    return Collections.unmodifiableSet(dependsOn.keySet());
  }

  public Set<String> dependenciesOf(String service) {
    return Collections.unmodifiableSet(dependsOn.getOrDefault(service, NONE));
  }

  /**
   * The shortest way from a service to one it depends on, both included; empty when it does not
   * depend on it.
   */
  List<String> way(String from, String to) {
    if (!dependsOn.containsKey(from)) {
      return List.of();
    }
    return ways.computeIfAbsent(from, this::waysFrom).getOrDefault(to, List.of());
  }

  private Map<String, List<String>> waysFrom(String service) {
    Map<String, List<String>> found = new HashMap<>();
    ArrayDeque<List<String>> next = new ArrayDeque<>(List.of(List.of(service)));
    while (!next.isEmpty()) {
      List<String> way = next.poll();
      if (way.size() > FARTHEST) {
        continue;
      }
      for (String dependency : dependenciesOf(way.getLast())) {
        if (!found.containsKey(dependency)) {
          List<String> longer = new ArrayList<>(way);
          longer.add(dependency);
          found.put(dependency, List.copyOf(longer));
          next.add(longer);
        }
      }
    }
    return found;
  }

  /**
   * Those that it depends on or that depend on it, over so many hops; and with two, its siblings.
   */
  Set<String> near(String service, int hops) {
    Set<String> near = new TreeSet<>();
    reach(dependsOn, service, hops, near);
    reach(usedBy, service, hops, near);
    if (hops >= 2) {
      dependenciesOf(service).forEach(one -> near.addAll(usedBy.getOrDefault(one, NONE)));
    }
    near.remove(service);
    return near;
  }

  private static void reach(
      SortedMap<String, SortedSet<String>> edges, String from, int hops, Set<String> found) {
    Set<String> last = Set.of(from);
    for (int hop = 0; hop < hops; hop++) {
      Set<String> next = new TreeSet<>();
      last.forEach(one -> next.addAll(edges.getOrDefault(one, NONE)));
      next.removeAll(found);
      found.addAll(next);
      last = next;
    }
  }

  /** What both depend on directly, in the order of their names. */
  List<String> shared(String a, String b) {
    return dependenciesOf(a).stream().filter(dependenciesOf(b)::contains).toList();
  }
}
