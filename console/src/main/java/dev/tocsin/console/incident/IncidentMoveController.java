// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.incident;

import dev.tocsin.console.journal.Journal;
import dev.tocsin.console.problem.Refusal;
import dev.tocsin.console.problem.Refuses;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.topic.Topics;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A person says which incident alerts belong to: each wish becomes a command. */
@RestController
@RequestMapping("/v1/incidents/{id}")
@ResponseStatus(HttpStatus.ACCEPTED)
@Tag(name = "incidents")
public final class IncidentMoveController {

  private static final String VIA = "console";
  private static final String STORM = "storm/";
  private static final int LARGEST = 900_000;

  private final Incidents incidents;
  private final Journal journal;
  private final InstantSource clock;

  public IncidentMoveController(Incidents incidents, Journal journal, InstantSource clock) {
    this.incidents = incidents;
    this.journal = journal;
    this.clock = clock;
  }

  /** The id of the command that was written. */
  record Accepted(String command) {}

  /** The other incident. */
  record Merge(@Nullable String into) {}

  /** The ids, or the identities, of alerts of the incident that fire. */
  record Split(@Nullable List<String> alerts) {}

  /** What goes where. */
  record MoveAlerts(@Nullable List<String> alerts, @Nullable String into) {}

  @PostMapping("/merge")
  @Operation(
      summary = "Make it part of another: it is over, and its alerts, later ones too, go there")
  @Refuses(conflict = "It is resolved, or a storm's; or the two are of different organisations")
  Accepted merge(@PathVariable String id, @RequestBody Merge wish, Principal who) {
    Incident incident = open(id);
    Incident into = into(incident, wish.into());
    return write("merge", incident, into, true, firing(incident), who);
  }

  @PostMapping("/split")
  @Operation(summary = "Put some of its alerts, and later ones of them, into a new incident")
  @Refuses(conflict = "It is resolved, or a storm's")
  Accepted split(@PathVariable String id, @RequestBody Split wish, Principal who) {
    Incident incident = open(id);
    List<IncidentAlert> alerts = chosen(incident, wish.alerts());
    if (alerts.size() == firing(incident).size()) {
      throw Refusal.parameter("alerts", alerts.size(), "fewer than all that fire in it");
    }
    return write("split", incident, null, false, alerts, who);
  }

  @PostMapping("/move")
  @Operation(summary = "Put some of its alerts, and later ones of them, into another incident")
  @Refuses(conflict = "It is resolved, or a storm's; or the two are of different organisations")
  Accepted move(@PathVariable String id, @RequestBody MoveAlerts wish, Principal who) {
    Incident incident = open(id);
    Incident into = into(incident, wish.into());
    return write("move", incident, into, false, chosen(incident, wish.alerts()), who);
  }

  private Incident open(String id) {
    Incident incident = incidents.find(id).orElseThrow(() -> Refusal.unknown("incident", id));
    if (incident.isResolved()) {
      throw Refusal.conflict(
          "incident %s was resolved at %s".formatted(incident.id(), incident.resolvedAt()));
    }
    if (incident.group().startsWith(STORM)) {
      throw Refusal.conflict(
          "incident %s is a storm, which takes in nothing and is part of nothing".formatted(id));
    }
    return incident;
  }

  private Incident into(Incident incident, @Nullable String wanted) {
    String id = wanted == null ? "" : wanted.strip();
    if (id.isEmpty() || id.equals(incident.id())) {
      throw Refusal.parameter("into", id, "the id of another incident");
    }
    Incident into = open(id);
    if (!org(into).equals(org(incident))) {
      throw Refusal.conflict(
          "incident %s is of organisation '%s', and %s of '%s'"
              .formatted(incident.id(), org(incident), id, org(into)));
    }
    return into;
  }

  private static String org(Incident incident) {
    return incident.alerts().values().stream().map(IncidentAlert::org).findFirst().orElse("");
  }

  private static List<IncidentAlert> firing(Incident incident) {
    return incident.alerts().values().stream()
        .filter(alert -> alert.status() == AlertStatus.FIRING)
        .toList();
  }

  private static List<IncidentAlert> chosen(Incident incident, @Nullable List<String> wanted) {
    List<String> names = wanted == null ? List.of() : wanted.stream().distinct().toList();
    if (names.isEmpty()) {
      throw Refusal.parameter("alerts", "", "ids of alerts of the incident that fire");
    }
    List<IncidentAlert> firing = firing(incident);
    List<String> unknown =
        names.stream().filter(name -> firing.stream().noneMatch(a -> isCalled(a, name))).toList();
    if (!unknown.isEmpty()) {
      throw Refusal.parameter(
          "alerts", String.join(", ", unknown), "ids of alerts of the incident that fire");
    }
    return firing.stream().filter(a -> names.stream().anyMatch(n -> isCalled(a, n))).toList();
  }

  private static boolean isCalled(IncidentAlert alert, String name) {
    return alert.alertId().equals(name) || alert.identity().equals(name);
  }

  private Accepted write(
      String action,
      Incident from,
      @Nullable Incident into,
      boolean whole,
      List<IncidentAlert> alerts,
      Principal who) {
    Instant now = clock.instant();
    String by = who.getName();
    String command =
        ContentId.of(
            "cmd",
            Stream.of(
                    Stream.of(action, from.id(), from.epoch(), into == null ? "" : into.id()),
                    alerts.stream().map(IncidentAlert::identity),
                    Stream.of(by, now))
                .flatMap(part -> part)
                .toArray());
    Command.MoveAlerts wish =
        new Command.MoveAlerts(
            command,
            from.id(),
            from.group(),
            by,
            VIA,
            now,
            into == null ? null : into.id(),
            into == null ? ContentId.of("split", from.group(), command) : into.group(),
            from.groupLabels(),
            whole,
            alerts);
    ProducerRecord<byte[], byte[]> record = Journal.record(Topics.COMMANDS, wish.scope(), wish);
    if (record.value() != null && record.value().length > LARGEST) {
      throw Refusal.parameter(
          "alerts", alerts.size() + " alerts", "fewer at a time: these do not fit a record");
    }
    journal.write(
        by,
        "incident." + action,
        from.id(),
        into == null ? command : command + ": into " + into.id(),
        record);
    return new Accepted(command);
  }
}
