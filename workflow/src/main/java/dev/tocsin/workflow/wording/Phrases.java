// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.wording;

import dev.tocsin.schemas.Cut;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content.Paragraph;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Single sentences about an incident. */
public final class Phrases {

  private static final int LONGEST_LINE = 1000;

  private Phrases() {}

  /** What somebody reads on a locked screen. */
  public static String headline(Incident incident) {
    long firing = incident.firing() + incident.moreAlerts();
    StringBuilder text = new StringBuilder(oneLine(incident.title()));
    if (firing > 1) {
      text.append(" (").append(firing).append(" alerts firing)");
    }
    if (incident.epoch() > 1) {
      text.append(" (reopened)");
    }
    return text.toString();
  }

  /** How it stands while it is not over. */
  public static String standing(Incident incident) {
    String since = " since " + Times.at(incident.openedAt());
    return incident.acknowledgedBy() == null
        ? "Open" + since + ", nobody has it yet."
        : "Open" + since + ", " + incident.acknowledgedBy() + " has it.";
  }

  public static String raised(IncidentEvent.SeverityRaised e) {
    return "Severity raised from " + e.from() + " to " + e.to() + '.';
  }

  public static String acknowledged(IncidentEvent.Acknowledged e) {
    return "Acknowledged by " + e.by() + " via " + e.via() + '.';
  }

  public static String note(IncidentEvent.NoteAdded e) {
    return e.by() + " via " + e.via() + ": " + e.text();
  }

  public static String moved(IncidentEvent.MovedOut e) {
    String where = e.into() == null ? "a new incident" : "incident " + e.into();
    String what = e.whole() ? "This incident is part of " : "Some of its alerts are in ";
    return what + where + " now: " + e.by() + " via " + e.via() + '.';
  }

  public static String moved(IncidentEvent.MovedIn e) {
    String what = e.whole() ? "All" : "Some";
    return what
        + " of incident "
        + e.from()
        + " (“"
        + oneLine(e.title())
        + "”) is in this one now: "
        + e.by()
        + " via "
        + e.via()
        + '.';
  }

  public static String reopened(Incident incident) {
    return "It is not over: the condition came back at " + Times.at(incident.updatedAt()) + '.';
  }

  public static String undelivered(String kind, String endpoint, String why) {
    return "The " + kind + " to " + endpoint + " was given up" + (why.isBlank() ? "." : ": " + why);
  }

  public static String resolved(Incident incident, IncidentEvent.Resolved e) {
    String lasted = "after " + Times.lasting(incident.openedAt(), e.at());
    return switch (e.cause()) {
      case ALL_CLEAR -> "Over " + lasted + ": no condition fires any more.";
      case MERGED -> "Made part of another incident " + lasted + '.';
      case COMMAND -> "Resolved " + lasted + " by " + e.by() + " via " + e.via() + '.';
      case EXPIRED ->
          "Closed "
              + lasted
              + ": its source has been silent for too long. Nobody said that it is over.";
    };
  }

  /** When the earliest condition that still fires began. */
  public static Instant since(Incident incident) {
    return incident.alerts().values().stream()
        .filter(alert -> alert.status() == AlertStatus.FIRING)
        .map(IncidentAlert::startsAt)
        .min(Comparator.naturalOrder())
        .orElse(incident.openedAt());
  }

  /** Who reported it. */
  public static String sources(Incident incident) {
    return incident.alerts().values().stream()
        .map(IncidentAlert::source)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** The labels that make its group, and those that all its alerts agree on, by name. */
  public static Map<String, String> commonLabels(Incident incident) {
    Collection<IncidentAlert> alerts = incident.alerts().values();
    Map<String, String> common = new TreeMap<>();
    alerts.stream()
        .limit(1)
        .flatMap(first -> first.labels().entrySet().stream())
        .filter(
            label ->
                alerts.stream()
                    .allMatch(a -> label.getValue().equals(a.labels().get(label.getKey()))))
        .forEach(label -> common.put(label.getKey(), label.getValue()));
    common.putAll(incident.groupLabels());
    return common;
  }

  /** Paragraphs as plain text. */
  public static String text(List<Paragraph> paragraphs) {
    return paragraphs.stream()
        .map(p -> (p.heading().isEmpty() ? "" : p.heading() + "\n") + String.join("\n", p.lines()))
        .collect(Collectors.joining("\n\n"));
  }

  /** Text from elsewhere as one line of bounded length. */
  static String oneLine(String text) {
    return Cut.to(LONGEST_LINE, text.strip().replaceAll("[\\s\\p{Cntrl}]+", " "));
  }
}
