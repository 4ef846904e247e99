// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source;

import static java.util.stream.Collectors.joining;

import dev.tocsin.ingest.source.AlertSource.Fit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The kinds of sources there are. A message is read by the one it fits best. */
public final class SourceCatalog {

  private final List<AlertSource> sources;

  public SourceCatalog(List<AlertSource> sources) {
    this.sources = List.copyOf(sources);
  }

  public boolean knows(String type) {
    return sources.stream().anyMatch(s -> s.type().equals(type));
  }

  /** For messages to people: {@code alertmanager, grafana}. */
  public String types() {
    return sources.stream().map(AlertSource::type).sorted().collect(joining(", "));
  }

  /**
   * Reads a message by its shape. The configured type decides only between shapes that fit equally
   * well.
   */
  public List<Report> read(String configured, Message message, Instant receivedAt)
      throws Unreadable {
    for (Fit fit : List.of(Fit.CERTAIN, Fit.POSSIBLE)) {
      Optional<AlertSource> source = fitting(configured, message, fit);
      if (source.isPresent()) {
        return source.get().read(message, receivedAt);
      }
    }
    throw new Unreadable(
        "no alerts in it: readable are an object with an array 'alerts', an array of alerts, and Grafana's legacy format; this is "
            + message.describe());
  }

  private Optional<AlertSource> fitting(String configured, Message message, Fit fit) {
    List<AlertSource> fitting = sources.stream().filter(s -> s.fits(message) == fit).toList();
    return fitting.stream()
        .filter(s -> s.type().equals(configured))
        .findFirst()
        .or(() -> fitting.stream().findFirst());
  }
}
