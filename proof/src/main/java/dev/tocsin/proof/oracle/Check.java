// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.oracle;

/** What can be wrong with a run. */
public enum Check {
  PAGE_LOST(Kind.LOST, "an accepted alert whose incident PagerDuty never took"),
  PAGE_DOUBLED(Kind.DOUBLED, "more than one PagerDuty incident for one epoch of an incident"),
  PAGE_UNASKED(Kind.DOUBLED, "a page for nothing that was sent"),
  PAGE_LEFT_OPEN(Kind.LOST, "over, and still open in PagerDuty"),
  PAGE_CLOSED(Kind.LOST, "resolved in PagerDuty, and not over"),
  PAGE_OVERLAPPED(Kind.OTHER, "trigger and resolve of one key under way together"),
  PAGE_TOO_FAST(Kind.OTHER, "PagerDuty saw more calls in a minute than its pace allows"),
  TICKET_LOST(Kind.LOST, "an accepted alert without a ticket"),
  TICKET_DOUBLED(Kind.DOUBLED, "more than one ticket for one effect"),
  TICKET_LEFT_OPEN(Kind.LOST, "over, and its ticket is not done"),
  COMMENT_DOUBLED(Kind.DOUBLED, "the same comment twice on a ticket"),
  POST_LOST(Kind.LOST, "an accepted alert whose incident has no post in Slack"),
  POST_DOUBLED(Kind.DOUBLED, "more than one post for one epoch of an incident"),
  POST_UNASKED(Kind.DOUBLED, "a post, edit or reply that nobody planned, or below another's post"),
  POST_LEFT_OPEN(Kind.LOST, "over, and its post does not say so"),
  POST_CLOSED(Kind.LOST, "its post says that it is over, and it is not"),
  POST_DISORDERED(Kind.OTHER, "a post that said it is over, and then something older"),
  REPLY_LOST(Kind.LOST, "planned for the thread of a post, and not there"),
  REPLY_DOUBLED(Kind.DOUBLED, "the same reply twice in a thread"),
  EVENT_LOST(Kind.LOST, "a subscriber did not hear of something"),
  EVENT_UNASKED(
      Kind.DOUBLED, "a subscriber heard of something that did not happen, or under two ids"),
  EVENT_DISORDERED(Kind.OTHER, "a subscriber heard of an incident out of order"),
  EVENT_UNSIGNED(Kind.OTHER, "an event whose signature is wrong"),
  EVENT_RENAMED(Kind.OTHER, "an event whose webhook-id changed between attempts"),
  INCIDENT_LOST(Kind.LOST, "an accepted alert that opened no incident"),
  INCIDENT_DOUBLED(Kind.DOUBLED, "an alert that opened two incidents, or one twice"),
  INCIDENT_LEFT_OPEN(Kind.LOST, "an accepted resolution that ended no incident"),
  ALERT_DISORDERED(Kind.OTHER, "alerts of one source that came to the topic out of order"),
  OUTCOME_DOUBLED(Kind.OTHER, "an alert with two outcomes"),
  LEDGER_OPEN(Kind.OTHER, "an effect that came to no end"),
  LEDGER_DISAGREES(Kind.OTHER, "the ledger, the deliveries and the receivers disagree"),
  ACCOUNTING_OPEN(Kind.OTHER, "the accounting does not close"),
  ACCOUNTING_SHORT(Kind.OTHER, "the accounting knows of fewer alerts than were accepted"),
  PROCESS_FAILED(Kind.OTHER, "a process ended by itself, or did not come back"),
  VACUOUS(Kind.OTHER, "the run proves nothing: nothing was accepted, or the faults did not land");

  /** How a finding is counted. */
  public enum Kind {
    LOST,
    DOUBLED,
    OTHER
  }

  private final Kind kind;
  private final String meaning;

  Check(Kind kind, String meaning) {
    this.kind = kind;
    this.meaning = meaning;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether time may still mend it, once all faults are over. */
  public boolean mayHeal() {
    return kind == Kind.LOST
        || this == LEDGER_OPEN
        || this == LEDGER_DISAGREES
        || this == ACCOUNTING_OPEN
        || this == ACCOUNTING_SHORT;
  }

  public String meaning() {
    return meaning;
  }
}
