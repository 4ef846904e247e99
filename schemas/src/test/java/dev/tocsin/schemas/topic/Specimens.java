// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.topic;

import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.HeldBy;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.attempt.Exchange;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.beat.Beat;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.effect.Effect;
import dev.tocsin.schemas.hold.Inhibitor;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.step.Step;
import dev.tocsin.schemas.step.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of every topic: each case of each sealed type, once with everything said and once with as
 * little as allowed.
 */
public final class Specimens {

  public static final Instant AT = Instant.parse("2026-03-01T03:04:05.123456789Z");
  static final Instant LATER = AT.plusSeconds(61);
  static final String GROUP = "prod/checkout";

  public static final Alert ALERT =
      new Alert(
          "rcp_a-0",
          "rcp_a",
          "grafana",
          "1",
          "9f86d081884c7d65",
          AlertKind.CONDITION,
          AlertStatus.RESOLVED,
          Severity.CRITICAL,
          "Checkout fails \u2013 zu viele 5xx \ud83d\udd25",
          Map.of("service", "checkout"),
          Map.of("summary", "line one\nline \"two\""),
          AT,
          LATER,
          LATER,
          GROUP,
          Map.of("service", "checkout"),
          "Updated",
          Map.of("B", 0.1),
          new Links("http://g", "http://d", "http://p", "http://s", "http://i", "http://r"),
          3,
          "{\"labels\":{}}");

  static final Alert BARE_ALERT =
      new Alert(
          "rcp_b-0",
          "rcp_b",
          "grafana",
          "",
          "f",
          AlertKind.TEST,
          AlertStatus.FIRING,
          Severity.INFO,
          "",
          Map.of(),
          Map.of(),
          AT,
          null,
          AT,
          "g",
          Map.of(),
          null,
          Map.of(),
          Links.NONE,
          0,
          "");

  public static final Anomaly ANOMALY =
      new Anomaly(
          "ano_a",
          "latency{service=checkout}",
          "latency",
          Map.of("service", "checkout"),
          Anomaly.Status.OFF_BAND,
          Severity.WARNING,
          AT,
          LATER,
          2.5,
          0.5,
          0.25,
          0.75,
          8.0,
          0.99,
          GROUP,
          Map.of("service", "checkout"),
          "latency is 2.5, expected 0.25 to 0.75",
          Anomaly.Aspect.JUMP,
          3.5,
          AT,
          true,
          Anomaly.Kind.METRIC,
          List.of(new Anomaly.Alongside("errors{service=checkout}", "errors", AT, -4.5)));

  static final Context CONTEXT =
      new Context(
          "Checkout has no connections left.",
          "pool too small",
          0.7,
          List.of("e1"),
          List.of(
              new Evidence("e1", "prometheus", "pool", "10 of 10", "up", AT, "http://p/graph"),
              new Evidence("e2", "alert", "values", "B=1", "", AT, null)),
          List.of("raise the pool"),
          List.of("who deployed?"),
          "small-model",
          1234,
          2500,
          LATER);

  static final Context BARE_CONTEXT =
      new Context("", null, null, List.of(), List.of(), List.of(), List.of(), null, 0, 0, AT);

  private static final List<Outcome> OUTCOMES =
      List.of(
          new Outcome.Delivered("OPS-1"),
          new Outcome.TryAgain(Reason.RATE_LIMITED, "429", Duration.ofMillis(1500)),
          new Outcome.TryAgain(Reason.SERVER_ERROR, "503", null),
          new Outcome.Unknown(Reason.TIMEOUT, "no answer in 10 s"),
          new Outcome.GiveUp(Reason.GONE, "410"),
          new Outcome.Absent());

  private Specimens() {}

  /** Every value, by topic. */
  public static Map<Topic<?>, List<?>> all() {
    Map<Topic<?>, List<?>> all = new LinkedHashMap<>();
    all.put(Topics.ALERTS, List.of(ALERT, BARE_ALERT));
    all.put(Topics.ALERT_OUTCOMES, outcomes());
    all.put(Topics.SAMPLES, SeriesSpecimens.samples());
    all.put(Topics.ANOMALIES, List.of(ANOMALY));
    all.put(Topics.FORECASTS, SeriesSpecimens.forecasts());
    all.put(Topics.COMMANDS, commands());
    all.put(Topics.CALLBACKS, Callbacks.all());
    all.put(Topics.INCIDENTS, IncidentSpecimens.events());
    all.put(Topics.MOVES, IncidentSpecimens.moves());
    all.put(Topics.INCIDENTS_TOGETHER, IncidentSpecimens.events());
    all.put(Topics.SERVICE_EDGES, IncidentSpecimens.edges());
    all.put(Topics.BEATS, List.of(new Beat("rcp_b-0", "g", AT, LATER)));
    all.put(
        Topics.STEPS,
        List.of(new Step("run_a/look", "run_a", "inc_a", "investigate", 2, AT, LATER, incident())));
    all.put(Topics.STEP_RESULTS, stepResults());
    all.put(Topics.RUNS, runs());
    all.put(
        Topics.NOTIFICATIONS,
        ContentSpecimens.ALL.stream().map(c -> notification("ticket", c)).toList());
    all.put(
        Topics.ATTEMPTS,
        List.of(
            attempt(
                Attempt.Mode.SEND,
                "OPS-1",
                notification("ticket", ContentSpecimens.ALL.getFirst())),
            attempt(Attempt.Mode.PROBE, null, notification(null, ContentSpecimens.ALL.getLast()))));
    all.put(Topics.ATTEMPT_RESULTS, OUTCOMES.stream().map(Specimens::result).toList());
    all.put(Topics.DELIVERIES, deliveries());
    all.put(Topics.EFFECTS, List.of(planned(), done()));
    all.put(Topics.SETTINGS, SettingSpecimens.all());
    all.put(
        Topics.INHIBITORS,
        List.of(new Inhibitor("rcp_a-0", "Node down", Map.of("node", "n1"), AT, LATER)));
    all.put(
        Topics.AUDIT,
        List.of(new AuditEntry("aud_a", "admin", "acknowledge", "inc_a", "by hand", AT)));
    all.put(Topics.STATEMENTS, StatementSpecimens.all());
    return all;
  }

  private static List<AlertOutcome> outcomes() {
    return List.of(
        new AlertOutcome(
            "rcp_a-0",
            AlertOutcome.Outcome.OPENED,
            AlertOutcome.Reason.NEW_GROUP,
            "inc_a",
            "the first alert of its group",
            "grafana",
            "Checkout fails",
            GROUP,
            AT,
            LATER,
            "1"),
        new AlertOutcome(
            "rcp_c-0",
            AlertOutcome.Outcome.HELD_BACK,
            AlertOutcome.Reason.SILENCED,
            null,
            "silenced by ann",
            "grafana",
            "Checkout fails",
            GROUP,
            AT,
            LATER,
            "1",
            List.of(
                new HeldBy(HeldBy.Kind.SILENCE, "sil_a", 2, "a restart", "ann", LATER, null),
                new HeldBy(
                    HeldBy.Kind.INHIBITION, "inh_a", 1, "no node", "ben", LATER, "rcp_a-1"))),
        new AlertOutcome(
            "rcp_b-0",
            AlertOutcome.Outcome.TEST,
            AlertOutcome.Reason.TEST_NOTIFICATION,
            null,
            "",
            "grafana",
            "",
            "g",
            AT,
            AT,
            "1"));
  }

  private static List<Command> commands() {
    return List.of(
        new Command.Acknowledge("cmd_a", "inc_a", GROUP, "ada", "pagerduty", AT, 2),
        new Command.Resolve("cmd_b", "inc_a", GROUP, "ada", "console", AT),
        new Command.AddNote("cmd_c", "inc_a", GROUP, "ada", "jira", AT, "looking"),
        new Command.MoveAlerts(
            "cmd_f",
            "inc_a",
            GROUP,
            "ada",
            "console",
            AT,
            "inc_b",
            "g",
            Map.of("service", "checkout"),
            true,
            List.of(IncidentAlert.of(ALERT))),
        new Command.MoveAlerts(
            "cmd_g", "inc_a", GROUP, "ada", "console", AT, null, "g", Map.of(), false, List.of()),
        new Command.ReplayDelivery("cmd_d", "jira/default", "dlv_a", "ada", "console", AT),
        new Command.TestSubscription("cmd_e", "webhook/sub_a", "ada", "console", AT),
        new Command.DeleteSubscription("cmd_f", "webhook/sub_a", "ada", "console", AT));
  }

  public static Incident incident() {
    return Incident.opened(opened())
        .after(new IncidentEvent.Acknowledged("inc_a", AT, 1, "ada", "console"))
        .after(
            new IncidentEvent.Resolved(
                "inc_a", LATER, 1, IncidentEvent.Cause.COMMAND, "ada", "console"));
  }

  public static IncidentEvent.Opened opened() {
    return new IncidentEvent.Opened(
        "inc_a",
        AT,
        1,
        GROUP,
        Map.of("service", "checkout"),
        "Checkout fails",
        Severity.WARNING,
        IncidentAlert.of(ALERT),
        "inc_storm");
  }

  private static List<StepResult> stepResults() {
    return List.of(
        result(StepResult.Outcome.DONE, CONTEXT, ""),
        result(StepResult.Outcome.DONE, BARE_CONTEXT, ""),
        result(StepResult.Outcome.FAILED, null, "the model hung"));
  }

  private static StepResult result(
      StepResult.Outcome outcome, @Nullable Context found, String detail) {
    return new StepResult(
        "run_a/look", "run_a", "inc_a", "investigate", 1, outcome, found, detail, LATER);
  }

  private static List<Run> runs() {
    return List.of(
        new Run(
            "run_a",
            "inc_a",
            1,
            "default",
            "1",
            Run.Status.RUNNING,
            AT,
            LATER,
            List.of(
                new Run.StepState("look", "investigate", Run.Progress.DONE, AT, LATER, "done"),
                new Run.StepState("page", "page", Run.Progress.WAITING, null, null, ""))),
        new Run("run_b", "inc_b", 1, "p", "1", Run.Status.FAILED, AT, AT, List.of()));
  }

  private static Notification notification(@Nullable String needs, Content content) {
    return new Notification(
        "dlv_a", "jira/default", "inc_a", 1, "inc_a", needs, AT, LATER, content);
  }

  private static Attempt attempt(
      Attempt.Mode mode, @Nullable String needed, Notification notification) {
    return new Attempt("att_a", 1, mode, AT, LATER, needed, notification);
  }

  private static AttemptResult result(Outcome outcome) {
    return new AttemptResult(
        "att_a",
        "dlv_a",
        "jira/default",
        1,
        Attempt.Mode.SEND,
        outcome,
        AT,
        LATER,
        switch (outcome) {
          case Outcome.Delivered _ ->
              new Exchange("https://example.test/hook", Map.of("webhook-id", "dlv_a"), 204, "");
          case Outcome.Unknown _ -> new Exchange("https://example.test/hook", Map.of(), null, null);
          case Outcome.TryAgain _, Outcome.GiveUp _, Outcome.Absent _ -> null;
        });
  }

  private static List<Delivery> deliveries() {
    Notification notification = notification(null, ContentSpecimens.ALL.getFirst());
    return List.of(
        new Delivery(
            "dlv_a",
            Delivery.Status.DELIVERED,
            notification,
            OUTCOMES.stream().map(Specimens::result).toList(),
            6,
            LATER,
            "OPS-1",
            "at last",
            LATER),
        new Delivery(
            "dlv_b", Delivery.Status.PENDING, notification, List.of(), 0, null, null, "", AT));
  }

  static Effect planned() {
    return new Effect("dlv_a", "jira/default", Effect.Status.PLANNED, 0, null, AT);
  }

  static Effect done() {
    return new Effect("dlv_a", "jira/default", Effect.Status.DONE, 2, "OPS-1", LATER);
  }
}
