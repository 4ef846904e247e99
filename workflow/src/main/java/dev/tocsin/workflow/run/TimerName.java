// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

/**
 * What a timer is for, as its name in the queue. A timer that comes due asks the state whether it
 * still matters: none is ever taken back.
 *
 * @param about the step's id, or empty
 */
public record TimerName(Kind kind, String incidentId, String about) {

  /** What comes due. */
  public enum Kind {
    /** Later steps have waited for a step for long enough. */
    WAIT,
    /** Whoever does a step has been silent for too long. */
    LEASE,
    /** Gathered news are to be told. */
    GATHERED,
    /** A finished incident may be forgotten. */
    FORGET
  }

  public static TimerName parse(String text) {
    String[] parts = text.split("\\|", 3);
    return new TimerName(Kind.valueOf(parts[0]), parts[1], parts[2]);
  }

  @Override
  public String toString() {
    return kind + "|" + incidentId + '|' + about;
  }
}
