// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where to look for incidents that may have to do with one: by their service, by what they share,
 * by their storm. So one that opens is compared with a few, however many there are.
 */
final class Facets {

  private final Map<String, SortedSet<String>> ids = new HashMap<>();

  void add(Sighting one) {
    keys(one).forEach(key -> ids.computeIfAbsent(key, _ -> new TreeSet<>()).add(one.id()));
  }

  void remove(Sighting one) {
    for (String key : keys(one)) {
      SortedSet<String> left = ids.get(key);
      if (left != null && left.remove(one.id()) && left.isEmpty()) {
        ids.remove(key);
      }
    }
  }

  private static List<String> keys(Sighting one) {
    List<String> keys = new ArrayList<>();
    one.labels().forEach((name, value) -> keys.add(label(name, value)));
    if (one.service() != null) {
      keys.add(service(one.service()));
    }
    if (one.parent() != null) {
      keys.add(parent(one.parent()));
    }
    return keys;
  }

  private static String label(String name, String value) {
    return "label " + name + '=' + value;
  }

  private static String service(String name) {
    return "service " + name;
  }

  private static String parent(String id) {
    return "parent " + id;
  }

  /**
   * The ids of those that may have to do with it.
   *
   * @param services that its own has to do with
   * @param sharedLabels labels that relate those that share a value
   */
  Set<String> around(Sighting one, Set<String> services, List<String> sharedLabels) {
    Set<String> around = new TreeSet<>(of(parent(one.id())));
    if (one.parent() != null) {
      around.add(one.parent());
    }
    if (one.service() != null) {
      around.addAll(of(service(one.service())));
    }
    services.forEach(name -> around.addAll(of(service(name))));
    for (String name : sharedLabels) {
      String value = one.labels().get(name);
      if (value != null) {
        around.addAll(of(label(name, value)));
      }
    }
    around.remove(one.id());
    return around;
  }

  private Set<String> of(String key) {
    return ids.getOrDefault(key, new TreeSet<>());
  }
}
