// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.ingest.group.AlertGroups;
import dev.tocsin.ingest.source.Fingerprint;
import dev.tocsin.ingest.source.Report;
import dev.tocsin.ingest.source.Text;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.GroupRule;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes alerts of what a source reported: gives them ids and a group, and bounds what they carry,
 * so that each fits into one record.
 */
final class AlertMapper {

  /** What was odd about an alert or cut from it, for people. */
  private static final String NOTES = "tocsin_notes";

  private static final int MOST_LABELS = 64;
  private static final int MOST_VALUES = 64;
  private static final int LONGEST_LABEL = 1024;
  private static final int LONGEST_ANNOTATION = 8 * 1024;
  private static final int LABELS_TOGETHER = 32 * 1024;
  private static final int ANNOTATIONS_TOGETHER = 48 * 1024;
  private static final int LONGEST_RAW = 64 * 1024;
  private static final int LONGEST_FINGERPRINT = 128;

  private final AlertGroups groups;

  AlertMapper(AlertGroups groups) {
    this.groups = groups;
  }

  Alert alert(Arrival arrival, int index, Report report) {
    GroupRule.Group group = groups.of(arrival.source(), report);
    Map<String, String> labels = bounded(report.labels());
    Instant startsAt = report.startsAt();
    return new Alert(
        arrival.receipt() + '-' + index,
        arrival.receipt(),
        arrival.source(),
        report.org(),
        fingerprint(report),
        report.kind(),
        report.status(),
        report.severity(),
        report.title(),
        labels,
        annotations(report, labels.size()),
        startsAt == null ? arrival.receivedAt() : startsAt,
        report.endsAt(),
        arrival.receivedAt(),
        group.key(),
        bounded(group.labels()),
        report.stateReason(),
        values(report.values()),
        report.links(),
        report.truncated(),
        Text.whole(Text.cut(report.raw(), LONGEST_RAW)));
  }

  /** The alert that tells people of a message nobody could read. */
  Alert unreadable(Arrival arrival, int index, String cause) {
    String group = "unreadable/" + arrival.source();
    Map<String, String> labels = Map.of("alertname", "UnreadableAlert", "source", arrival.source());
    return new Alert(
        arrival.receipt() + '-' + index,
        arrival.receipt(),
        arrival.source(),
        "",
        Fingerprint.of(labels),
        AlertKind.UNREADABLE,
        AlertStatus.FIRING,
        Severity.ERROR,
        "Unreadable alert from " + arrival.source(),
        labels,
        Map.of(
            "summary", Text.cut(cause, LONGEST_ANNOTATION),
            "description",
                "An authentic message was kept whole as dead letter %s, because it could not be read: something may be on fire."
                    .formatted(arrival.receipt()),
            "cause", Text.cut(cause, LONGEST_ANNOTATION),
            "receipt", arrival.receipt()),
        arrival.receivedAt(),
        null,
        arrival.receivedAt(),
        group,
        Map.of("source", arrival.source()),
        null,
        Map.of(),
        Links.NONE,
        0,
        arrival.excerpt());
  }

  private static String fingerprint(Report report) {
    String theirs = report.fingerprint();
    if (theirs == null) {
      return Fingerprint.of(report.labels());
    }
    return theirs.length() <= LONGEST_FINGERPRINT ? theirs : ContentId.of("fp", theirs);
  }

  private static Map<String, String> bounded(Map<String, String> labels) {
    return Text.bounded(labels, MOST_LABELS, LONGEST_LABEL, LABELS_TOGETHER);
  }

  private static Map<String, String> annotations(Report report, int labelsKept) {
    Map<String, String> all = report.annotations();
    Map<String, String> kept =
        Text.bounded(all, MOST_LABELS, LONGEST_ANNOTATION, ANNOTATIONS_TOGETHER);
    List<String> notes = new ArrayList<>(report.notes());
    if (labelsKept < report.labels().size()) {
      notes.add("%d of %d labels kept".formatted(labelsKept, report.labels().size()));
    }
    if (kept.size() < all.size()) {
      notes.add("%d of %d annotations kept".formatted(kept.size(), all.size()));
    }
    if (!notes.isEmpty()) {
      kept.put(NOTES, String.join("; ", notes));
    }
    return kept;
  }

  private static Map<String, Double> values(Map<String, Double> all) {
    return all.entrySet().stream()
        .limit(MOST_VALUES)
        .collect(
            java.util.stream.Collectors.toMap(
                e -> Text.cut(e.getKey(), 256),
                Map.Entry::getValue,
                (first, second) -> first,
                java.util.TreeMap::new));
  }
}
