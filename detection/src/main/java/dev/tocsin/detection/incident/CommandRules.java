// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.incident.IncidentEvent.Cause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What becomes of a person's wish about an incident. A second time it changes nothing. */
public final class CommandRules {

  private static final String DONE = "done";

  public Decision acknowledge(AlertGroup group, Command.Acknowledge c, Instant now) {
    Story story = new Story(group, null, null, now);
    String detail =
        switch (story.incident()) {
          case IncidentState.Active a when !a.id().equals(c.incidentId()) -> stale(a.id());
          case IncidentState.Active a when isAnother(c.epoch(), a) -> reopenedSince();
          case IncidentState.Active a when a.acknowledged() -> "ignored: somebody has it already";
          case IncidentState.Active a -> {
            story.acknowledge(a, c.by(), c.via());
            yield DONE;
          }
          case IncidentState.Over _, IncidentState.None _ -> notActive();
        };
    return story.told(audit(c, "acknowledge", c.incidentId(), detail, now));
  }

  public Decision resolve(AlertGroup group, Command.Resolve c, Instant now) {
    Story story = new Story(group, null, null, now);
    String detail =
        switch (story.incident()) {
          case IncidentState.Active a when !a.id().equals(c.incidentId()) -> stale(a.id());
          case IncidentState.Active a when isAnother(c.epoch(), a) -> reopenedSince();
          case IncidentState.Active a -> {
            story.resolve(a, Cause.COMMAND, c.by(), c.via());
            story.dismiss();
            yield DONE;
          }
          case IncidentState.Over _, IncidentState.None _ -> notActive();
        };
    return story.told(audit(c, "resolve", c.incidentId(), detail, now));
  }

  public Decision addNote(AlertGroup group, Command.AddNote c, Instant now) {
    Story story = new Story(group, null, null, now);
    String detail =
        switch (story.incident()) {
          case IncidentState.None _ -> notActive();
          case IncidentState.Active a -> note(story, group, a.id(), a.epoch(), c);
          case IncidentState.Over o -> note(story, group, o.id(), o.epoch(), c);
        };
    return story.told(audit(c, "add-note", c.incidentId(), detail, now));
  }

  private static String note(
      Story story, AlertGroup group, String id, int epoch, Command.AddNote c) {
    if (!id.equals(c.incidentId())) {
      return stale(id);
    }
    if (group.notes().contains(c.id())) {
      return "ignored: the note is there already";
    }
    story.note(epoch, c.id(), c.by(), c.via(), c.text());
    return DONE;
  }

  private static boolean isAnother(@Nullable Integer epoch, IncidentState.Active active) {
    return epoch != null && epoch != active.epoch();
  }

  private static String reopenedSince() {
    return "ignored: the incident was reopened since";
  }

  private static String stale(String latest) {
    return "ignored: the latest incident of the group is " + latest;
  }

  private static String notActive() {
    return "ignored: no such incident is open";
  }

  private static AuditEntry audit(
      Command c, String action, String incidentId, String detail, Instant now) {
    return new AuditEntry(
        ContentId.of("aud", c.id(), action), c.by(), action, incidentId, detail, now);
  }
}
