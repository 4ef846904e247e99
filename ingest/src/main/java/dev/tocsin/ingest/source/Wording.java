// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source;

import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Links;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Grafana and Alertmanager say alike in the members of an alert, and how to take it. */
public final class Wording {

  /** What people read where a sender says nothing for them. */
  public static final String NAMELESS = "Alert without a name";

  private static final String RECEIVER = "tocsin_receiver";

  /** Both send a contact point's name as a regular expression that matches it literally. */
  private static final Pattern QUOTED = Pattern.compile("\\\\([^A-Za-z0-9])");

  private Wording() {}

  /** The alert's own labels; those common to the message only where it has none at all. */
  public static Map<String, String> labels(Members alert, Members top) {
    Map<String, String> own = alert.texts("labels");
    return own.isEmpty() ? top.texts("commonLabels") : own;
  }

  /** The alert's own annotations, and the contact point it came by. */
  public static Map<String, String> annotations(Members alert, Members top) {
    Map<String, String> own = alert.texts("annotations");
    if (!alert.has("annotations")) {
      own.putAll(top.texts("commonAnnotations"));
    }
    String receiver = top.text("receiver");
    if (receiver != null) {
      own.put(RECEIVER, QUOTED.matcher(receiver).replaceAll("$1"));
    }
    return own;
  }

  /**
   * The alert's own status; without one, what its end or the message says. A word nobody knows is
   * taken for firing.
   */
  public static AlertStatus status(
      Members alert, Members top, @Nullable Instant endsAt, Instant now) {
    String own = alert.word("status");
    if (own.isEmpty()) {
      own = alert.word("state");
    }
    if (own.isEmpty()) {
      boolean over = endsAt != null && !endsAt.isAfter(now);
      return over || isOver(top.word("status")) ? AlertStatus.RESOLVED : AlertStatus.FIRING;
    }
    return isOver(own) ? AlertStatus.RESOLVED : AlertStatus.FIRING;
  }

  private static boolean isOver(String word) {
    return switch (word) {
      case "resolved", "ok", "normal", "inactive", "recovered", "closed", "expired" -> true;
      default -> false;
    };
  }

  /** A line for people: what it is called, and what it says of itself. */
  public static String title(Map<String, String> labels, Map<String, String> annotations) {
    String name = labels.getOrDefault("alertname", "").strip();
    String summary = annotations.getOrDefault("summary", "").strip();
    if (name.isEmpty() && summary.isEmpty()) {
      String description = annotations.getOrDefault("description", "");
      return Text.line(description.isBlank() ? NAMELESS : description);
    }
    if (name.isEmpty() || summary.contains(name)) {
      return Text.line(summary);
    }
    return Text.line(summary.isEmpty() ? name : name + ": " + summary);
  }

  public static Links links(Members alert, Map<String, String> annotations) {
    return new Links(
        link(alert.text("generatorURL")),
        link(alert.text("dashboardURL")),
        link(alert.text("panelURL")),
        link(alert.text("silenceURL")),
        link(alert.text("imageURL")),
        link(annotations.get("runbook_url")));
  }

  public static @Nullable String link(@Nullable String text) {
    return text == null || text.isBlank() ? null : Text.cut(text.strip(), 2048);
  }

  /** What a reader should know of the message before believing an alert. */
  public static List<String> notes(@Nullable Instant startsAt, @Nullable Instant endsAt) {
    List<String> notes = new ArrayList<>();
    if (startsAt == null) {
      notes.add("the sender did not say when it began: the time it was received stands in");
    } else if (endsAt != null && endsAt.isBefore(startsAt)) {
      notes.add("it ends before it begins");
    }
    return notes;
  }
}
