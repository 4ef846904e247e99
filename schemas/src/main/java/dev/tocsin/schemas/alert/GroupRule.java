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
 * @param labels from the widest to the narrowest, as they are written. The last has to be there, or
 *     the group would be all of a cluster
 */
public record GroupRule(List<String> labels) {

  public static final GroupRule DEFAULT = new GroupRule(List.of("cluster", "namespace", "service"));

  /** Grafana's first organisation, which most installations never add to. */
  private static final String MAIN_ORG = "1";

  /** A group is part of many records' keys; a longer one is cut and named by its content. */
  private static final int LONGEST = 400;

  public GroupRule {
    labels = List.copyOf(labels);
  }

  /**
   * An alert group: its key, and the labels that make it, for people.
   *
   * @param key for example {@code org=1,cluster=a,service=checkout}
   */
  public record Group(String key, Map<String, String> labels) {}

  /** The group of these labels; empty when they lack the one that makes a group. */
  public Optional<Group> of(String org, Map<String, String> all) {
    if (labels.isEmpty() || all.getOrDefault(labels.getLast(), "").isBlank()) {
      return Optional.empty();
    }
    StringBuilder key = new StringBuilder(of(org));
    Map<String, String> made = new LinkedHashMap<>();
    for (String label : labels) {
      // An empty label is no label, as with Prometheus.
      String value = all.getOrDefault(label, "").strip();
      if (!value.isEmpty() && made.putIfAbsent(label, value) == null) {
        key.append(',').append(part(label, value));
      }
    }
    return Optional.of(new Group(bounded(key.toString()), Collections.unmodifiableMap(made)));
  }

  /**
   * How every key of an organisation begins. A sender without organisations (Alertmanager, a polled
   * Prometheus) speaks of the same services as Grafana's first one.
   */
  public static String of(String org) {
    return part("org", org.isEmpty() ? MAIN_ORG : org);
  }

  /** One part of a key, written so that no value can pass for another part. */
  public static String part(String name, String value) {
    return escaped(name) + '=' + escaped(value);
  }

  /** The key as it is written, whatever its length: two keys stay two. */
  public static String bounded(String key) {
    if (key.length() <= LONGEST) {
      return key;
    }
    int end = Character.isHighSurrogate(key.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return key.substring(0, end) + "... " + ContentId.of("group", key);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
  }
}
