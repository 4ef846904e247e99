// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tocsin.detection.hold.Hold;
import dev.tocsin.schemas.alert.HeldBy;
import dev.tocsin.schemas.incident.IncidentAlert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one condition: its latest episode, and the turns it took lately.
 *
 * <p>Earlier episodes need no memory. A report of one is known by its start, which lies before the
 * latest.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Condition {

  /**
   * It fires.
   *
   * @param round the group's round it counts in; in a later round it counts no more, since a person
   *     resolved the incident while it fired
   * @param until when it expires unless its source says something
   * @param revoked whether the source took it back for a reason that is no recovery
   */
  @JsonTypeName("firing")
  record Firing(
      String alertId,
      Episode episode,
      int round,
      Instant until,
      boolean revoked,
      List<Instant> turns)
      implements Condition {

    Firing heardUntil(Instant later) {
      return new Firing(alertId, episode, round, later, false, turns);
    }

    Firing revokedUntil(Instant sooner) {
      return new Firing(
          alertId, episode, round, sooner.isBefore(until) ? sooner : until, true, turns);
    }
  }

  /**
   * It fires and resolves in quick turns, and counts as firing until it is quiet.
   *
   * @param firing what the last turn said
   * @param until when it is quiet unless it turns again
   */
  @JsonTypeName("flapping")
  record Flapping(
      String alertId,
      Episode episode,
      int round,
      boolean firing,
      Instant until,
      List<Instant> turns)
      implements Condition {}

  /**
   * It fires, and people do not know it: something holds it back. It is no part of an incident.
   *
   * @param alert its latest report, and with the labels of its group all that an incident needs
   * @param by what held it back last
   * @param lingers whether nothing does so any more, and it waits for a moment only
   * @param expires when it expires unless its source says something
   */
  @JsonTypeName("held")
  record Held(
      IncidentAlert alert,
      Map<String, String> groupLabels,
      Episode episode,
      List<HeldBy> by,
      boolean lingers,
      Instant heldUntil,
      Instant expires,
      List<Instant> turns)
      implements Condition {

    @Override
    @JsonIgnore
    public String alertId() {
      return alert.alertId();
    }

    @Override
    @JsonIgnore
    public Instant until() {
      return expires.isBefore(heldUntil) ? expires : heldUntil;
    }

    Held heldBy(Hold hold, boolean lingers) {
      return new Held(
          alert, groupLabels, episode, hold.by(), lingers, hold.until(), expires, turns);
    }

    Held revokedUntil(Instant sooner) {
      Instant first = sooner.isBefore(expires) ? sooner : expires;
      return new Held(alert, groupLabels, episode, by, lingers, heldUntil, first, turns);
    }
  }

  /**
   * It is over.
   *
   * @param endsAt when it ended, by the source's clock; null when the source did not say
   * @param expired whether nobody said so: then a further report says that it is not over
   * @param until when it is forgotten
   */
  @JsonTypeName("over")
  record Over(
      String alertId,
      Episode episode,
      @Nullable Instant endsAt,
      boolean expired,
      Instant until,
      List<Instant> turns)
      implements Condition {

    /** Whether a firing report speaks of the time before it was over. */
    boolean covers(Episode reported) {
      if (expired) {
        return reported.isBefore(episode);
      }
      if (!reported.known()) {
        return false;
      }
      return episode.known() && !reported.startsAt().isAfter(episode.startsAt())
          || endsAt != null && !reported.startsAt().isAfter(endsAt);
    }
  }

  String alertId();

  Episode episode();

  /** When a timer has something to do with it. */
  Instant until();

  /** When it changed between firing and resolved, lately, oldest first. */
  List<Instant> turns();

  /** Whether it is one of those an active incident of this round waits for. */
  default boolean countsIn(int round) {
    return switch (this) {
      case Firing c -> c.round() == round;
      case Flapping c -> c.round() == round;
      case Held _, Over _ -> false;
    };
  }
}
