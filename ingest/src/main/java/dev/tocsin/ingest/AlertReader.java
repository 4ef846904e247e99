// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.ingest.source.Message;
import dev.tocsin.ingest.source.MessageReader;
import dev.tocsin.ingest.source.Report;
import dev.tocsin.ingest.source.SourceCatalog;
import dev.tocsin.ingest.source.Unreadable;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.Severity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message into alerts, whatever it is: what cannot be read becomes an alert that says so.
 */
final class AlertReader {

  private final MessageReader messages;
  private final SourceCatalog catalog;
  private final AlertMapper mapper;

  AlertReader(MessageReader messages, SourceCatalog catalog, AlertMapper mapper) {
    this.messages = messages;
    this.catalog = catalog;
    this.mapper = mapper;
  }

  /**
   * What a message came to.
   *
   * @param unreadable why it, or a part of it, is a dead letter; null when all was read
   */
  record Reading(List<Alert> alerts, @Nullable String unreadable) {

    /** Whether something in it is worth the last room there is. */
    boolean isCritical() {
      return alerts.stream().anyMatch(a -> a.severity() == Severity.CRITICAL && a.isFiring());
    }
  }

  Reading read(String type, Arrival arrival) {
    List<Alert> alerts = new ArrayList<>();
    String cause = null;
    try {
      Message message = messages.read(arrival.body());
      for (Report report : catalog.read(type, message, arrival.receivedAt())) {
        alerts.add(mapper.alert(arrival, alerts.size(), report));
      }
      cause = message.unread().isEmpty() ? null : String.join("; ", message.unread());
    } catch (Unreadable e) {
      cause = e.inWords();
    }
    if (cause != null) {
      alerts.add(mapper.unreadable(arrival, alerts.size(), cause));
    }
    return new Reading(alerts, cause);
  }
}
