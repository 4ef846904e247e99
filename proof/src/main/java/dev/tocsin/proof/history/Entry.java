// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.history;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;

/**
 * Something that somebody outside the program saw, or that a topic held in the end. A run is judged
 * by these alone.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
public sealed interface Entry {

  Instant at();

  /**
   * The sender posted an alert.
   *
   * @param service which incident it belongs to
   * @param status 0 when there was no answer
   */
  @JsonTypeName("sent")
  record Sent(Instant at, Instant answeredAt, String service, boolean firing, int status)
      implements Entry {

    @JsonIgnore
    public boolean isAccepted() {
      return status / 100 == 2;
    }
  }

  /** A call that a stub got. */
  sealed interface Call extends Entry {

    Instant answeredAt();

    /** What went wrong with it; {@code None} when nothing did. */
    String fault();

    /** Whether it made its change, whatever the caller heard of it. */
    boolean taken();

    /** The status that went back; 0 when none did. */
    int status();
  }

  /**
   * PagerDuty got an event, or the second channel beside it.
   *
   * @param channel which of the two
   */
  @JsonTypeName("paged")
  record Paged(
      Instant at,
      Instant answeredAt,
      String fault,
      boolean taken,
      int status,
      String action,
      String dedupKey,
      String service,
      String channel)
      implements Call {

    public static final String FIRST = "pagerduty";

    public Paged {
      // Histories from before there was a second do not say.
      channel = channel == null ? FIRST : channel;
    }

    /** At PagerDuty. */
    public Paged(
        Instant at,
        Instant answeredAt,
        String fault,
        boolean taken,
        int status,
        String action,
        String dedupKey,
        String service) {
      this(at, answeredAt, fault, taken, status, action, dedupKey, service, FIRST);
    }

    @JsonIgnore
    public boolean isAtFirst() {
      return channel.equals(FIRST);
    }

    /** What is one incident there: a page that went over both channels is one at each. */
    @JsonIgnore
    public String key() {
      return isAtFirst() ? dedupKey : channel + '/' + dedupKey;
    }

    @JsonIgnore
    public boolean isTrigger() {
      return action.equals("trigger");
    }
  }

  /**
   * Jira got a call that changes something.
   *
   * @param change {@code create}, {@code comment} or {@code done}
   * @param ticket its key; empty when there is none yet
   * @param mark what makes a repeat recognisable
   */
  @JsonTypeName("ticketed")
  record Ticketed(
      Instant at,
      Instant answeredAt,
      String fault,
      boolean taken,
      int status,
      String change,
      String ticket,
      String mark,
      String service)
      implements Call {}

  /**
   * Slack got a call that writes.
   *
   * @param change {@code post}, {@code edit} or {@code reply}
   * @param post the timestamp of the post that it makes, changes or answers below; empty when there
   *     is none yet
   * @param mark what the incident's epoch is called there
   * @param reply what makes a repeat of a reply recognisable; empty for post and edit
   * @param shows the status that people see; empty for a reply
   */
  @JsonTypeName("posted")
  record Posted(
      Instant at,
      Instant answeredAt,
      String fault,
      boolean taken,
      int status,
      String change,
      String post,
      String mark,
      String reply,
      String shows,
      String service)
      implements Call {

    @JsonIgnore
    public boolean isInThread() {
      return change.equals("reply");
    }
  }

  /**
   * A subscriber got an event.
   *
   * @param verified whether its secret signed it; an old signature is one, though it is refused
   */
  @JsonTypeName("heard")
  record Heard(
      Instant at,
      Instant answeredAt,
      String fault,
      boolean taken,
      int status,
      String receiver,
      String webhookId,
      String eventId,
      String type,
      String incident,
      boolean verified)
      implements Call {}

  /**
   * A fault of the schedule.
   *
   * @param until when it was over: for a kill, when the role was ready again
   * @param kind what was done, {@code halt} with its place
   * @param landed whether it hit something that was alive
   */
  @JsonTypeName("struck")
  record Struck(Instant at, Instant until, int fault, String kind, String target, boolean landed)
      implements Entry {

    @JsonIgnore
    public boolean isKill() {
      return kind.equals("kill") || kind.equals("wipe") || kind.startsWith("halt ");
    }
  }

  /** A process ended that nobody killed, or did not come back. */
  @JsonTypeName("failed")
  record Failed(Instant at, String role, String how) implements Entry {}

  /** All faults are over, and every process runs. */
  @JsonTypeName("healed")
  record Healed(Instant at) implements Entry {}

  /** The pace that the program was told to keep towards PagerDuty. */
  @JsonTypeName("paced")
  record Paced(Instant at, int perMinute) implements Entry {}

  /**
   * The program has said that it can write to a channel: from now on it has to.
   *
   * @param channel {@code slack}; the others are written to whatever was said
   */
  @JsonTypeName("announced")
  record Announced(Instant at, String channel) implements Entry {}

  /**
   * A receiver subscribed to events of incidents.
   *
   * @param at since when it is told, by the program's clock then
   */
  @JsonTypeName("subscribed")
  record Subscribed(Instant at, String receiver) implements Entry {}

  /**
   * A record of the topic of incidents, in its order.
   *
   * @param at its time in the topic, which a stepped clock may have given it
   * @param service empty unless it opens the incident
   */
  @JsonTypeName("told")
  record Told(Instant at, String incident, int epoch, String type, String service)
      implements Entry {}

  /** The last that the topic of effects says of an effect. */
  @JsonTypeName("ledgered")
  record Ledgered(Instant at, String effect, String endpoint, String status, int attempts)
      implements Entry {

    @JsonIgnore
    public boolean isOver() {
      return !status.equals("PLANNED") && !status.equals("ISSUED");
    }
  }

  /**
   * The last that the topic of deliveries says of a delivery.
   *
   * @param mark what a post, its edit or its reply is called at Slack; empty elsewhere
   */
  @JsonTypeName("delivered")
  record Delivered(
      Instant at,
      String delivery,
      String endpoint,
      String incident,
      String kind,
      String status,
      String mark)
      implements Entry {

    public Delivered {
      // Histories from before Slack do not say.
      mark = mark == null ? "" : mark;
    }
  }

  /** The topics were read: of what came later they do not say. */
  @JsonTypeName("surveyed")
  record Surveyed(Instant at) implements Entry {}

  /**
   * An alert, in the order of its partition.
   *
   * @param at when the topic took it
   * @param receivedAt when the program did, by its own clock
   * @param service which incident it belongs to; empty for what the sender did not send
   */
  @JsonTypeName("logged")
  record Logged(
      Instant at,
      Instant receivedAt,
      String alert,
      String source,
      int partition,
      String service,
      boolean firing)
      implements Entry {}

  /** An outcome of an alert, from its topic. */
  @JsonTypeName("decided")
  record Decided(Instant at, String alert) implements Entry {}

  /** What the program says of itself. */
  @JsonTypeName("accounted")
  record Accounted(Instant at, long accepted, long accounted, long unexplained) implements Entry {}
}
