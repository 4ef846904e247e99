// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.wording;

import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.notification.Content.Paragraph;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who was just woken needs to know, most useful first: what is probably wrong and
 * what to do, what fires since when, what was looked at, and where it belongs.
 */
public final class Briefing {

  private static final int MOST_ALERTS = 10;
  private static final int MOST_EVIDENCE = 8;

  private Briefing() {}

  /**
   * @param contextComing whether more will follow as a note
   */
  public static List<Paragraph> of(
      Incident incident, @Nullable Context context, boolean contextComing, Instant now) {
    List<Paragraph> all = new ArrayList<>();
    if (context != null) {
      all.addAll(findings(context));
    }
    all.add(new Paragraph("Firing", firing(incident, now)));
    if (context != null) {
      all.addAll(evidence(context));
    }
    String labels =
        Phrases.commonLabels(incident).entrySet().stream()
            .map(label -> label.getKey() + '=' + Phrases.oneLine(label.getValue()))
            .collect(Collectors.joining(", "));
    if (!labels.isEmpty()) {
      all.add(new Paragraph("Labels", List.of(labels)));
    }
    all.add(new Paragraph("Incident", List.of(incident(incident))));
    if (contextComing) {
      all.add(
          new Paragraph(
              "Still to come",
              List.of("An investigation is at work. What it finds follows as a note.")));
    }
    return List.copyOf(all);
  }

  /** The context alone: for a note or a comment. */
  public static List<Paragraph> ofContext(Context context) {
    List<Paragraph> all = new ArrayList<>(findings(context));
    all.addAll(evidence(context));
    return List.copyOf(all);
  }

  /** Small things that happened since the last word. */
  public static Paragraph ofGathered(List<String> lines) {
    return new Paragraph("Since then", lines);
  }

  private static List<Paragraph> findings(Context context) {
    List<Paragraph> all = new ArrayList<>();
    if (!context.summary().isBlank()) {
      all.add(new Paragraph("Summary", List.of(context.summary().strip())));
    }
    if (context.probableCause() != null) {
      all.add(
          new Paragraph(
              "Probable cause", List.of(context.probableCause().strip() + sureness(context))));
    }
    if (!context.nextSteps().isEmpty()) {
      List<String> steps = new ArrayList<>();
      for (String step : context.nextSteps()) {
        steps.add((steps.size() + 1) + ". " + step.strip());
      }
      all.add(new Paragraph("Next steps", List.copyOf(steps)));
    }
    return all;
  }

  private static String sureness(Context context) {
    List<String> parts = new ArrayList<>();
    if (context.confidence() != null) {
      parts.add(Math.round(context.confidence() * 100) + " % sure");
    }
    if (context.model() != null) {
      parts.add("says " + context.model());
    }
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ')';
  }

  private static List<Paragraph> evidence(Context context) {
    if (context.evidence().isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    for (Evidence e : context.evidence().stream().limit(MOST_EVIDENCE).toList()) {
      String text = Phrases.oneLine(e.text());
      lines.add(e.title() + " [" + e.source() + ']' + (text.isEmpty() ? "" : ": " + text));
    }
    if (context.evidence().size() > MOST_EVIDENCE) {
      lines.add("and " + (context.evidence().size() - MOST_EVIDENCE) + " more");
    }
    return List.of(new Paragraph("Evidence", List.copyOf(lines)));
  }

  private static List<String> firing(Incident incident, Instant now) {
    List<IncidentAlert> firing =
        incident.alerts().values().stream()
            .filter(alert -> alert.status() == AlertStatus.FIRING)
            .toList();
    List<String> lines = new ArrayList<>();
    firing.stream().limit(MOST_ALERTS).forEach(alert -> lines.addAll(alert(alert, now)));
    long unnamed = Math.max(0, firing.size() - MOST_ALERTS) + incident.moreAlerts();
    if (unnamed > 0) {
      lines.add("and " + unnamed + " more");
    }
    if (firing.isEmpty()) {
      lines.add("Nothing any more.");
    }
    int truncated = incident.alerts().values().stream().mapToInt(IncidentAlert::truncated).sum();
    if (truncated > 0) {
      lines.add("The sender left out " + truncated + " more alerts of the same message.");
    }
    return List.copyOf(lines);
  }

  private static List<String> alert(IncidentAlert alert, Instant now) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(Phrases.oneLine(alert.title())).append(kind(alert));
    line.append(", for ").append(Times.lasting(alert.startsAt(), now));
    if (!alert.values().isEmpty()) {
      line.append(", ")
          .append(
              new TreeMap<>(alert.values())
                  .entrySet().stream()
                      .limit(5)
                      .map(v -> v.getKey() + '=' + number(v.getValue()))
                      .collect(Collectors.joining(" ")));
    }
    lines.add(line.toString());
    String said =
        alert.annotations().getOrDefault("description", alert.annotations().get("summary"));
    if (said != null && !said.isBlank() && !said.strip().equals(alert.title().strip())) {
      lines.add("  " + Phrases.oneLine(said));
    }
    return lines;
  }

  private static String kind(IncidentAlert alert) {
    return switch (alert.kind()) {
      case NO_DATA -> " (the source gets no data)";
      case ERROR -> " (the source cannot evaluate it)";
      case UNREADABLE -> " (a message nobody could read)";
      case ANOMALY -> " (found by Tocsin)";
      case CONDITION, TEST -> "";
    };
  }

  private static String number(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }

  private static String incident(Incident incident) {
    StringBuilder line = new StringBuilder(incident.id()).append(", ").append(incident.severity());
    line.append(", opened ").append(Times.at(incident.openedAt()));
    if (incident.epoch() > 1) {
      line.append(", reopened ").append(Times.at(incident.updatedAt()));
    }
    if (incident.acknowledgedBy() != null) {
      line.append(", acknowledged by ").append(incident.acknowledgedBy());
    }
    if (incident.flapping()) {
      line.append(", flapping: its turns are held back");
    }
    return line.toString();
  }
}
