// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.incident;

import dev.tocsin.console.journal.Journal;
import dev.tocsin.console.problem.Refusal;
import dev.tocsin.console.problem.Refuses;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentStatus;
import dev.tocsin.schemas.topic.Topics;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What a person may do to an incident: each becomes a command that detection decides on. */
@RestController
@RequestMapping("/v1/incidents/{id}")
@ResponseStatus(HttpStatus.ACCEPTED)
@Tag(name = "incidents")
public final class IncidentActionController {

  private static final String VIA = "console";
  private static final int LONGEST_NOTE = 10_000;

  private final Incidents incidents;
  private final Journal journal;
  private final InstantSource clock;

  public IncidentActionController(Incidents incidents, Journal journal, InstantSource clock) {
    this.incidents = incidents;
    this.journal = journal;
    this.clock = clock;
  }

  /** The id of the command that was written. */
  record Accepted(String command) {}

  /** What somebody says about an incident. */
  record Note(@Nullable String text) {}

  @PostMapping("/acknowledge")
  @Operation(summary = "Say that you have it")
  @Refuses(conflict = "It is resolved, or somebody has acknowledged it already")
  Accepted acknowledge(@PathVariable String id, Principal who) {
    Incident incident = incident(id);
    refuseResolved(incident);
    if (incident.status() == IncidentStatus.ACKNOWLEDGED) {
      throw Refusal.conflict(
          "%s has acknowledged incident %s already".formatted(incident.acknowledgedBy(), id));
    }
    Instant now = clock.instant();
    String by = who.getName();
    return write(
        "acknowledge",
        id,
        "",
        new Command.Acknowledge(
            ContentId.of("cmd", "acknowledge", id, incident.epoch(), by, now),
            id,
            incident.group(),
            by,
            VIA,
            now));
  }

  @PostMapping("/resolve")
  @Operation(summary = "Say that it is over")
  @Refuses(conflict = "It is resolved already")
  Accepted resolve(@PathVariable String id, Principal who) {
    Incident incident = incident(id);
    refuseResolved(incident);
    Instant now = clock.instant();
    String by = who.getName();
    return write(
        "resolve",
        id,
        "",
        new Command.Resolve(
            ContentId.of("cmd", "resolve", id, incident.epoch(), by, now),
            id,
            incident.group(),
            by,
            VIA,
            now));
  }

  @PostMapping("/notes")
  @Operation(summary = "Say something about it")
  Accepted note(@PathVariable String id, @RequestBody Note note, Principal who) {
    Incident incident = incident(id);
    String text = note.text() == null ? "" : note.text().strip();
    if (text.isEmpty() || text.length() > LONGEST_NOTE) {
      throw Refusal.parameter("text", text, "text of 1 to %,d characters".formatted(LONGEST_NOTE));
    }
    Instant now = clock.instant();
    String by = who.getName();
    return write(
        "note",
        id,
        text,
        new Command.AddNote(
            ContentId.of("cmd", "note", id, by, now, text),
            id,
            incident.group(),
            by,
            VIA,
            now,
            text));
  }

  private Incident incident(String id) {
    return incidents.find(id).orElseThrow(() -> Refusal.unknown("incident", id));
  }

  private static void refuseResolved(Incident incident) {
    if (incident.isResolved()) {
      throw Refusal.conflict(
          "incident %s was resolved at %s".formatted(incident.id(), incident.resolvedAt()));
    }
  }

  private Accepted write(String action, String incidentId, String said, Command command) {
    journal.write(
        command.by(),
        "incident." + action,
        incidentId,
        said.isEmpty() ? command.id() : command.id() + ": " + said,
        Journal.record(Topics.COMMANDS, command.scope(), command));
    return new Accepted(command.id());
  }
}
