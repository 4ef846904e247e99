// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.sample;

import dev.tocsin.schemas.ContentId;
import java.util.Map;
import java.util.TreeMap;

/** The identity of a series: its name and sorted labels, as Prometheus writes them. */
public final class SeriesId {

  private static final int LONGEST = 512;

  private SeriesId() {}

  public static String of(String name, Map<String, String> labels) {
    StringBuilder id = new StringBuilder(name).append('{');
    String between = "";
    for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
      id.append(between).append(label.getKey()).append("=\"");
      id.append(label.getValue().replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
      between = ",";
    }
    String text = id.append('}').toString();
    // It is a key in many places: what is very long is named by its content.
    return text.length() <= LONGEST ? text : ContentId.of("series", text);
  }
}
