// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.topic;

import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.beat.Beat;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.effect.Effect;
import dev.tocsin.schemas.forecast.Forecast;
import dev.tocsin.schemas.hold.Inhibitor;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.step.Step;
import dev.tocsin.schemas.step.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * The topics, in the order of an alert's way. Everything about one incident has one key, so one
 * partition.
 */
public final class Topics {

  private static final String PREFIX = "tocsin.";

  /** Key: the alert group. */
  public static final Topic<Alert> ALERTS =
      kept("alerts", Alert.class, 7, Alert::id, a -> "alert", Alert::group, Alert::receivedAt);

  /** Key: the alert's id. */
  public static final Topic<AlertOutcome> ALERT_OUTCOMES =
      kept(
          "alert-outcomes",
          AlertOutcome.class,
          90,
          AlertOutcome::alertId,
          o -> "alert.decided",
          AlertOutcome::alertId,
          AlertOutcome::decidedAt);

  /** Key: the series. */
  public static final Topic<Sample> SAMPLES =
      kept(
          "samples",
          Sample.class,
          7,
          s -> s.series() + '@' + s.at().toEpochMilli(),
          s -> "sample",
          Sample::series,
          Sample::at);

  /** Key: the alert group. */
  public static final Topic<Anomaly> ANOMALIES =
      kept(
          "anomalies",
          Anomaly.class,
          90,
          Anomaly::id,
          a -> "anomaly.detected",
          Anomaly::series,
          Anomaly::at);

  /** Key: the series. */
  public static final Topic<Forecast> FORECASTS =
      compacted(
          "forecasts",
          Forecast.class,
          f -> f.series() + '@' + f.at().toEpochMilli(),
          f -> "forecast",
          Forecast::series,
          Forecast::at);

  /** Key: the incident's alert group, or the endpoint, whichever the command is about. */
  public static final Topic<Command> COMMANDS =
      kept("commands", Command.class, 7, Command::id, c -> "command", Command::scope, Command::at);

  /** Key: the incident's id. */
  public static final Topic<IncidentEvent> INCIDENTS =
      kept(
          "incidents",
          IncidentEvent.class,
          90,
          IncidentEvent::id,
          e -> "incident." + e.type(),
          IncidentEvent::incidentId,
          IncidentEvent::at);

  /** Key: the alert group. */
  public static final Topic<Beat> BEATS =
      kept("beats", Beat.class, 1, Beat::id, b -> "beat", Beat::group, Beat::receivedAt);

  /** Key: the incident's id. */
  public static final Topic<Step> STEPS =
      kept(
          "steps",
          Step.class,
          7,
          s -> s.id() + '/' + s.attempt(),
          s -> "step." + s.kind(),
          Step::incidentId,
          Step::issuedAt);

  /** Key: the incident's id. */
  public static final Topic<StepResult> STEP_RESULTS =
      kept(
          "step-results",
          StepResult.class,
          7,
          r -> r.stepId() + '/' + r.attempt(),
          r -> "step." + r.kind() + ".ended",
          StepResult::incidentId,
          StepResult::at);

  /** Key: the incident's id. */
  public static final Topic<Run> RUNS =
      kept(
          "runs",
          Run.class,
          90,
          r -> r.id() + '@' + r.at().toEpochMilli(),
          r -> "run",
          Run::incidentId,
          Run::at);

  /** Key: the endpoint. */
  public static final Topic<Notification> NOTIFICATIONS =
      kept(
          "notifications",
          Notification.class,
          7,
          Notification::id,
          n -> "notification." + n.content().kind(),
          Notification::incidentId,
          Notification::plannedAt);

  /** Key: the attempt's id, which spreads them over all workers. */
  public static final Topic<Attempt> ATTEMPTS =
      kept(
          "attempts",
          Attempt.class,
          1,
          Attempt::id,
          a -> "attempt",
          a -> a.notification().id(),
          Attempt::issuedAt);

  /** Key: the endpoint. */
  public static final Topic<AttemptResult> ATTEMPT_RESULTS =
      kept(
          "attempt-results",
          AttemptResult.class,
          7,
          AttemptResult::attemptId,
          r -> "attempt.ended",
          AttemptResult::deliveryId,
          AttemptResult::endedAt);

  /** Key: the incident's id. */
  public static final Topic<Delivery> DELIVERIES =
      kept(
          "deliveries",
          Delivery.class,
          90,
          d -> d.id() + '@' + d.at().toEpochMilli(),
          d -> "delivery",
          Delivery::id,
          Delivery::at);

  /** Key: the effect's id. */
  public static final Topic<Effect> EFFECTS =
      compacted(
          "effects",
          Effect.class,
          e -> e.id() + '@' + e.at().toEpochMilli(),
          e -> "effect",
          Effect::endpoint,
          Effect::at);

  /** Key: kind/id. */
  public static final Topic<Setting> SETTINGS =
      compacted(
          "settings",
          Setting.class,
          s -> ContentId.of("set", s),
          s -> "setting",
          Setting::key,
          Topics::setAt);

  /** Key: the condition. */
  public static final Topic<Inhibitor> INHIBITORS =
      compacted(
          "inhibitors",
          Inhibitor.class,
          i -> i.alertId() + '@' + i.at().toEpochMilli(),
          i -> "inhibitor",
          Inhibitor::alertId,
          Inhibitor::at);

  /** Key: the actor. */
  public static final Topic<AuditEntry> AUDIT =
      kept(
          "audit",
          AuditEntry.class,
          400,
          AuditEntry::id,
          a -> "audit",
          AuditEntry::actor,
          AuditEntry::at);

  public static final List<Topic<?>> ALL =
      List.of(
          ALERTS,
          ALERT_OUTCOMES,
          SAMPLES,
          ANOMALIES,
          FORECASTS,
          COMMANDS,
          INCIDENTS,
          BEATS,
          STEPS,
          STEP_RESULTS,
          RUNS,
          NOTIFICATIONS,
          ATTEMPTS,
          ATTEMPT_RESULTS,
          DELIVERIES,
          EFFECTS,
          SETTINGS,
          INHIBITORS,
          AUDIT);

  /** Services that set records aside, each in a topic of its own. */
  public static final List<String> DEAD_LETTER_SERVICES =
      List.of("ingest", "detection", "workflow", "agent", "notifier");

  public static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(30);

  private Topics() {}

  /**
   * Where a service sets records aside: values are the bytes as they came, the cause is in headers.
   */
  public static String deadLetters(String service) {
    return PREFIX + service + ".dead-letters";
  }

  private static Instant setAt(Setting setting) {
    return switch (setting) {
      case Setting.Subscription s -> s.createdAt();
      case Setting.Disabled d -> d.since();
      case Setting.Model m -> m.since();
      case Setting.Channel c -> c.since();
      case Setting.Silence s when s.expiredAt() != null -> s.expiredAt();
      case Setting.Silence s -> s.createdAt();
      case Setting.Inhibition i -> i.createdAt();
    };
  }

  private static <V> Topic<V> kept(
      String name,
      Class<V> type,
      int days,
      Function<V, String> id,
      Function<V, String> ceType,
      Function<V, String> subject,
      Function<V, Instant> time) {
    return new Topic<>(
        PREFIX + name,
        type,
        Topic.Cleanup.DELETE,
        Duration.ofDays(days),
        attributes(id, ceType, subject, time));
  }

  private static <V> Topic<V> compacted(
      String name,
      Class<V> type,
      Function<V, String> id,
      Function<V, String> ceType,
      Function<V, String> subject,
      Function<V, Instant> time) {
    return new Topic<>(
        PREFIX + name,
        type,
        Topic.Cleanup.COMPACT,
        Duration.ofDays(7),
        attributes(id, ceType, subject, time));
  }

  private static <V> Topic.Attributes<V> attributes(
      Function<V, String> id,
      Function<V, String> type,
      Function<V, String> subject,
      Function<V, Instant> time) {
    return new Topic.Attributes<>(id, v -> "dev.tocsin." + type.apply(v), subject, time);
  }
}
