// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.incident;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.anomaly.Anomaly;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that happened to an incident. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface IncidentEvent {

  /**
   * An alert group, or an anomaly nobody alerted on, became an incident.
   *
   * @param epoch 1; each reopening adds one. Whoever keys an effect by incident keys it by epoch
   *     too
   * @param parent the storm that speaks for this incident, if there is one: then it pages nobody
   *     itself
   */
  @JsonTypeName("opened")
  record Opened(
      String incidentId,
      Instant at,
      int epoch,
      String group,
      Map<String, String> groupLabels,
      String title,
      Severity severity,
      IncidentAlert alert,
      @Nullable String parent)
      implements IncidentEvent {}

  /** A further condition fires in the same group. */
  @JsonTypeName("alert-added")
  record AlertAdded(String incidentId, Instant at, int epoch, IncidentAlert alert)
      implements IncidentEvent {}

  /** A condition is over, others may not be. */
  @JsonTypeName("alert-cleared")
  record AlertCleared(
      String incidentId, Instant at, int epoch, String identity, String alertId, String reason)
      implements IncidentEvent {}

  /** A metric left its band, and its labels say that it belongs here. */
  @JsonTypeName("anomaly-added")
  record AnomalyAdded(String incidentId, Instant at, int epoch, Anomaly anomaly)
      implements IncidentEvent {}

  /** It became worse. */
  @JsonTypeName("severity-raised")
  record SeverityRaised(String incidentId, Instant at, int epoch, Severity from, Severity to)
      implements IncidentEvent {}

  /** A condition fires and resolves in quick turns: its turns are held back until it is quiet. */
  @JsonTypeName("flapping-started")
  record FlappingStarted(String incidentId, Instant at, int epoch, String identity, int turns)
      implements IncidentEvent {}

  /** It has been quiet for long enough to be believed again. */
  @JsonTypeName("flapping-ended")
  record FlappingEnded(String incidentId, Instant at, int epoch, String identity)
      implements IncidentEvent {}

  /** Someone has it. */
  @JsonTypeName("acknowledged")
  record Acknowledged(String incidentId, Instant at, int epoch, String by, String via)
      implements IncidentEvent {}

  /** Someone says something about it. */
  @JsonTypeName("note-added")
  record NoteAdded(String incidentId, Instant at, int epoch, String by, String via, String text)
      implements IncidentEvent {}

  /** It is over. */
  @JsonTypeName("resolved")
  record Resolved(String incidentId, Instant at, int epoch, Cause cause, String by, String via)
      implements IncidentEvent {}

  /** It is not over after all. */
  @JsonTypeName("reopened")
  record Reopened(String incidentId, Instant at, int epoch, IncidentAlert alert)
      implements IncidentEvent {}

  /**
   * Other incidents have to do with it. Said again when that changes.
   *
   * @param relations the strongest first
   * @param more how many further ones are not listed
   */
  @JsonTypeName("related")
  record Related(
      String incidentId,
      Instant at,
      int epoch,
      List<Relation> relations,
      int more,
      FirstCause firstCause)
      implements IncidentEvent {}

  /**
   * A person put conditions of it elsewhere: further reports of them go there too.
   *
   * @param identities of the conditions, as far as they are known
   * @param into the incident they are in now; null when that was opened for them
   * @param intoGroup the alert group of that incident
   * @param whole whether all of it went: then it is over
   */
  @JsonTypeName("moved-out")
  record MovedOut(
      String incidentId,
      Instant at,
      int epoch,
      List<String> identities,
      @Nullable String into,
      String intoGroup,
      boolean whole,
      String by,
      String via)
      implements IncidentEvent {}

  /**
   * A person put conditions of another incident into it.
   *
   * @param from the incident they were in
   * @param title of that incident
   * @param whole whether all of that one came
   */
  @JsonTypeName("moved-in")
  record MovedIn(
      String incidentId,
      Instant at,
      int epoch,
      String from,
      String title,
      List<String> identities,
      boolean whole,
      String by,
      String via)
      implements IncidentEvent {}

  /** Why an incident is over. */
  enum Cause {
    /** A person made it part of another. */
    MERGED,
    ALL_CLEAR,
    COMMAND,
    EXPIRED
  }

  String incidentId();

  Instant at();

  int epoch();

  /**
   * Whether it says what is not known yet of an incident: it is of no epoch that is over, and no
   * beginning or end for a second time. Whoever wrote the topic may have been made to read
   * everything again, and then all of it is there twice.
   */
  default boolean isNewsTo(int knownEpoch, boolean isResolved) {
    if (epoch() != knownEpoch) {
      return epoch() > knownEpoch;
    }
    return switch (this) {
      case Opened _, Reopened _ -> false;
      case NoteAdded _, MovedOut _, MovedIn _, Related _ -> true;
      case AlertAdded _,
          AlertCleared _,
          AnomalyAdded _,
          SeverityRaised _,
          FlappingStarted _,
          Acknowledged _,
          Resolved _ ->
          !isResolved;
      // Said of a resolved one too, and taken back by nothing else.
      case FlappingEnded _ -> true;
    };
  }

  /** The name of its type: part of ids and of what subscribers see. */
  default String type() {
    return switch (this) {
      case Opened _ -> "opened";
      case AlertAdded _ -> "alert-added";
      case AlertCleared _ -> "alert-cleared";
      case AnomalyAdded _ -> "anomaly-added";
      case SeverityRaised _ -> "severity-raised";
      case FlappingStarted _ -> "flapping-started";
      case FlappingEnded _ -> "flapping-ended";
      case Acknowledged _ -> "acknowledged";
      case NoteAdded _ -> "note-added";
      case Resolved _ -> "resolved";
      case Reopened _ -> "reopened";
      case Related _ -> "related";
      case MovedOut _ -> "moved-out";
      case MovedIn _ -> "moved-in";
    };
  }

  /** Content makes the id: deciding the same again yields the same event. */
  default String id() {
    String about =
        switch (this) {
          case Opened e -> e.alert().alertId();
          case AlertAdded e -> e.alert().alertId();
          case AlertCleared e -> e.alertId();
          case AnomalyAdded e -> e.anomaly().id();
          case SeverityRaised e -> e.to().name();
          case FlappingStarted e -> e.identity();
          case FlappingEnded e -> e.identity();
          case Acknowledged e -> e.by();
          case NoteAdded e -> ContentId.of(e.by(), e.text());
          case Resolved e -> e.cause().name();
          case Reopened e -> e.alert().alertId();
          case Related e -> ContentId.of("rel", e.relations(), e.more(), e.firstCause());
          case MovedOut e -> ContentId.of("out", e.identities(), e.intoGroup(), e.whole());
          case MovedIn e -> ContentId.of("in", e.from(), e.identities());
        };
    return incidentId() + '/' + epoch() + '/' + type() + '/' + at().toEpochMilli() + '/' + about;
  }
}
