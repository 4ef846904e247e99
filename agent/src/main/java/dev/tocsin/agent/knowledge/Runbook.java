// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.knowledge;

import dev.tocsin.schemas.incident.IncidentAlert;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prose for people about a kind of alert.
 *
 * @param name its file's name without ending
 * @param labels that an alert must have for it to be meant; empty means its name has to fit
 * @param text from its beginning, as much as fits evidence
 */
public record Runbook(
    String name, String title, Map<String, String> labels, String text, List<Passage> passages) {

  /** Whether it is meant for this alert: by labels, by the alert's name, or by the alert's link. */
  public boolean isFor(IncidentAlert alert) {
    if (!labels.isEmpty()) {
      return alert.labels().entrySet().containsAll(labels.entrySet());
    }
    String link = alert.links().runbook();
    return letters(name).equals(letters(alert.labels().getOrDefault("alertname", alert.title())))
        || link != null && letters(name).equals(letters(lastPart(link)));
  }

  private static String letters(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  private static String lastPart(String link) {
    String path = link.replaceFirst("[?#].*$", "").replaceFirst("/+$", "");
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.(?:md|html)$", "");
  }
}
