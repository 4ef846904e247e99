// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.alert;

import dev.tocsin.schemas.ContentId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which alerts belong together: those of one organisation with the same values of some labels.
 *
 * <p>Ingest keys alerts by it, and detection keys what it found on a metric by it, so both meet in
 * one place. It is written into keys: a change here sends alerts away from their open incidents.
 *
 * @param labels the names of the labels that make a group, in the order they are written
 */
public record GroupRule(List<String> labels) {

  public static final GroupRule DEFAULT = new GroupRule(List.of("cluster", "namespace", "service"));

  /** A group is part of many records' keys; beyond this it is named by its content. */
  private static final int LONGEST = 512;

  public GroupRule {
    labels = List.copyOf(labels);
  }

  /**
   * An alert group: its key, and the labels that make it, for people.
   *
   * @param key for example {@code org=1/cluster=a/service=checkout}
   */
  public record Group(String key, Map<String, String> labels) {}

  /** The group of these labels; empty when they have none of the labels that make one. */
  public Optional<Group> of(String org, Map<String, String> all) {
    StringBuilder key = new StringBuilder("org=").append(escaped(org));
    Map<String, String> made = new LinkedHashMap<>();
    for (String label : labels) {
      String value = all.getOrDefault(label, "").strip();
      // An empty label is no label, as with Prometheus.
      if (!value.isEmpty() && made.putIfAbsent(label, value) == null) {
        key.append('/').append(escaped(label)).append('=').append(escaped(value));
      }
    }
    return made.isEmpty()
        ? Optional.empty()
        : Optional.of(new Group(bounded(key.toString()), Collections.unmodifiableMap(made)));
  }

  private static String bounded(String key) {
    return key.length() <= LONGEST ? key : ContentId.of("group", key);
  }

  /** So that no two sets of labels share a key. */
  private static String escaped(String text) {
    return text.replace("%", "%25").replace("/", "%2F").replace("=", "%3D");
  }
}
