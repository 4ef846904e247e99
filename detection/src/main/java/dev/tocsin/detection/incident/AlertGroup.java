// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;

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
 */
public record AlertGroup(
    String key,
    IncidentState incident,
    int round,
    int firing,
    int known,
    int ended,
    List<String> notes) {

  private static final int NOTES = 16;

  public static AlertGroup unknown(String key) {
    return new AlertGroup(key, new IncidentState.None(), 0, 0, 0, 0, List.of());
  }

  /** Whether there is nothing left to remember. */
  @JsonIgnore
  public boolean isForgotten() {
    return known == 0 && !(incident instanceof IncidentState.Active);
  }

  /** The same after the oldest of its ended conditions were dropped. */
  public AlertGroup without(int dropped) {
    return counting(firing, known - dropped, ended - dropped);
  }

  AlertGroup with(IncidentState next) {
    return new AlertGroup(key, next, round, firing, known, ended, notes);
  }

  AlertGroup counting(int firing, int known, int ended) {
    return new AlertGroup(key, incident, round, firing, known, ended, notes);
  }

  AlertGroup nextRound() {
    return new AlertGroup(key, incident, round + 1, 0, known, ended, notes);
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
        List.copyOf(more.subList(Math.max(0, more.size() - NOTES), more.size())));
  }
}
