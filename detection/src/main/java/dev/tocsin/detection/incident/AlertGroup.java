// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of an alert group: its incident, and how many conditions it has. The
 * conditions themselves lie beside it, so that a group of thousands costs no more per alert than a
 * group of one.
 *
 * @param round grows when a person resolves the incident: conditions of earlier rounds do not count
 * @param firing conditions the incident waits for
 * @param known conditions remembered
 * @param ended those of them that are over
 * @param notes the latest notes taken, by the id of their command
 * @param moved where a person put its conditions, and whose it has; null when nobody moved any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertGroup(
    String key,
    IncidentState incident,
    int round,
    int firing,
    int known,
    int ended,
    List<String> notes,
    @Nullable Redirects moved) {

  private static final int NOTES = 16;

  public static AlertGroup unknown(String key) {
    return new AlertGroup(key, new IncidentState.None(), 0, 0, 0, 0, List.of(), null);
  }

  /** Whether there is nothing left to remember. */
  @JsonIgnore
  public boolean isForgotten() {
    return known == 0
        && !(incident instanceof IncidentState.Active)
        && (moved == null || !moved.areAny());
  }

  /** The same after the oldest of its ended conditions were dropped. */
  public AlertGroup without(int dropped) {
    return counting(firing, known - dropped, ended - dropped);
  }

  AlertGroup with(IncidentState next) {
    return new AlertGroup(key, next, round, firing, known, ended, notes, moved);
  }

  AlertGroup with(Redirects next) {
    return new AlertGroup(key, incident, round, firing, known, ended, notes, next);
  }

  Redirects redirects() {
    return moved == null ? Redirects.NONE : moved;
  }

  /** The same, without what a person's wish no longer holds for. */
  public AlertGroup tidied(Instant now) {
    return moved == null || !moved.areAny() ? this : with(moved.until("", null, now));
  }

  /** The group that a person put a condition into; null when it stays. */
  public @Nullable String target(String identity, Instant now) {
    return moved == null ? null : moved.target(key, identity, now);
  }

  AlertGroup counting(int firing, int known, int ended) {
    return new AlertGroup(key, incident, round, firing, known, ended, notes, moved);
  }

  AlertGroup nextRound() {
    return new AlertGroup(key, incident, round + 1, 0, known, ended, notes, moved);
  }

  AlertGroup noted(String commandId) {
    List<String> more = new ArrayList<>(notes);
    more.add(commandId);
    return new AlertGroup(
        key,
        incident,
        round,
        firing,
        known,
        ended,
        List.copyOf(more.subList(Math.max(0, more.size() - NOTES), more.size())),
        moved);
  }
}
