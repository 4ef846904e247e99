// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier;

import dev.tocsin.notifier.channel.Channel;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.channel.LaneProfile.AfterUnknown;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Notifications, profiles and channels that the tests of this module speak of. */
public final class Samples {

  public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  public static final String PAGERDUTY = "pagerduty/default";
  public static final String JIRA = "jira/default";

  /** Two attempts at once, three retries. */
  public static final LaneProfile REPEATING =
      new LaneProfile(
          2,
          0,
          Duration.ofSeconds(30),
          List.of(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(600)),
          AfterUnknown.REPEAT);

  public static final LaneProfile PROBING =
      new LaneProfile(
          REPEATING.concurrency(), 0, REPEATING.lease(), REPEATING.schedule(), AfterUnknown.PROBE);

  private Samples() {}

  public static IncidentAlert alert(Map<String, String> labels) {
    return new IncidentAlert(
        "rcp-0",
        "grafana",
        "1",
        "f",
        AlertKind.CONDITION,
        AlertStatus.FIRING,
        Severity.ERROR,
        "disk full",
        labels,
        Map.of(),
        NOON,
        null,
        NOON,
        Map.of(),
        Links.NONE,
        0);
  }

  public static LaneProfile paced(int concurrency, int perMinute) {
    return new LaneProfile(
        concurrency, perMinute, REPEATING.lease(), REPEATING.schedule(), AfterUnknown.REPEAT);
  }

  public static Notification page(String incident) {
    return notification(
        "page-" + incident,
        PAGERDUTY,
        incident,
        null,
        new Content.Page(
            "tocsin-" + incident + "-1",
            "disk full",
            Severity.CRITICAL,
            "grafana",
            NOON,
            null,
            null,
            Map.of(),
            List.of()));
  }

  public static Notification resolve(String incident) {
    return notification(
        "resolve-" + incident,
        PAGERDUTY,
        incident,
        "page-" + incident,
        new Content.PageResolve("tocsin-" + incident + "-1"));
  }

  public static Notification ticket(String incident) {
    return notification(
        "ticket-" + incident,
        JIRA,
        incident,
        null,
        new Content.Ticket(
            incident, "disk full", Severity.CRITICAL, List.of(), List.of(), List.of()));
  }

  /** A comment in an order of its own, so that only its need holds it back. */
  public static Notification comment(String incident) {
    return new Notification(
        "comment-" + incident,
        JIRA,
        incident,
        1,
        incident + "/comments",
        "ticket-" + incident,
        NOON,
        NOON,
        new Content.TicketComment(incident, "c1", List.of()));
  }

  public static Notification notification(
      String id, String endpoint, String incident, String needs, Content content) {
    return new Notification(id, endpoint, incident, 1, incident, needs, NOON, NOON, content);
  }

  public static AttemptResult result(Attempt attempt, Outcome outcome, Instant at) {
    return new AttemptResult(
        attempt.id(),
        attempt.notification().id(),
        attempt.notification().endpoint(),
        attempt.n(),
        attempt.mode(),
        outcome,
        attempt.issuedAt(),
        at);
  }

  /** A channel that does what it is told. */
  public record Scripted(String name, LaneProfile profile, Function<Attempt, Outcome> answer)
      implements Channel {

    public Scripted(String name, LaneProfile profile) {
      this(name, profile, _ -> new Outcome.Delivered("receipt"));
    }

    @Override
    public Outcome send(Attempt attempt) {
      return answer.apply(attempt);
    }

    @Override
    public Outcome probe(Attempt attempt) {
      return answer.apply(attempt);
    }
  }
}
