// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.group;

import dev.tocsin.ingest.source.Report;
import dev.tocsin.ingest.source.Text;
import dev.tocsin.schemas.ContentId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which alerts belong to one incident: those with the same grouping labels, or else those the
 * sender groups, or else those of one name. Organisations never mix.
 */
public final class GroupRule {

  /** A group is part of every record's key; beyond this the rest is a hash. */
  private static final int LONGEST = 400;

  private final List<String> labels;

  /**
   * @param labels from the widest to the narrowest. The last has to be there, or the group would be
   *     all of a cluster
   */
  public GroupRule(List<String> labels) {
    this.labels = List.copyOf(labels);
  }

  /** An alert group. */
  public record Group(String key, Map<String, String> labels) {}

  public Group of(String source, Report report) {
    StringBuilder key = new StringBuilder("org=").append(escaped(report.org()));
    Map<String, String> chosen = chosen(report.labels());
    if (!chosen.isEmpty()) {
      chosen.forEach((name, value) -> append(key, name, value));
      return new Group(bounded(key), chosen);
    }
    append(key, "source", source);
    String theirs = report.groupKey();
    if (theirs != null) {
      // It comes last, so it can stay as the sender wrote it.
      key.append(",group=").append(theirs);
      return new Group(bounded(key), report.groupLabels());
    }
    String name = report.labels().getOrDefault("alertname", "");
    append(key, "alertname", name);
    return new Group(bounded(key), Map.of("alertname", name));
  }

  private Map<String, String> chosen(Map<String, String> of) {
    if (labels.isEmpty() || of.getOrDefault(labels.getLast(), "").isBlank()) {
      return Map.of();
    }
    Map<String, String> chosen = new LinkedHashMap<>();
    for (String name : labels) {
      String value = of.get(name);
      if (value != null && !value.isBlank()) {
        chosen.put(name, value.strip());
      }
    }
    return chosen;
  }

  private static void append(StringBuilder key, String name, String value) {
    key.append(',').append(escaped(name)).append('=').append(escaped(value));
  }

  /** So that no value can pass for another label. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
  }

  private static String bounded(CharSequence key) {
    String whole = key.toString();
    return whole.length() <= LONGEST
        ? whole
        : Text.cut(whole, LONGEST) + ' ' + ContentId.of("group", whole);
  }
}
