// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.incident.IncidentAlert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wish of a person, or of a system that speaks for one. It may be refused.
 *
 * <p>{@code by} is who, {@code via} is where they said so: {@code console}, {@code pagerduty},
 * {@code jira}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Command {

  /**
   * Somebody has the incident. Key: the alert group.
   *
   * @param epoch the one that is meant; null means whichever there is
   */
  @JsonTypeName("acknowledge")
  record Acknowledge(
      String id,
      String incidentId,
      String group,
      String by,
      String via,
      Instant at,
      @Nullable Integer epoch)
      implements Command {

    public Acknowledge(
        String id, String incidentId, String group, String by, String via, Instant at) {
      this(id, incidentId, group, by, via, at, null);
    }
  }

  /**
   * Somebody says the incident is over. Key: the alert group.
   *
   * @param epoch the one that is meant; null means whichever there is
   */
  @JsonTypeName("resolve")
  record Resolve(
      String id,
      String incidentId,
      String group,
      String by,
      String via,
      Instant at,
      @Nullable Integer epoch)
      implements Command {

    public Resolve(String id, String incidentId, String group, String by, String via, Instant at) {
      this(id, incidentId, group, by, via, at, null);
    }
  }

  /** Somebody says something about the incident. Key: the alert group. */
  @JsonTypeName("add-note")
  record AddNote(
      String id, String incidentId, String group, String by, String via, Instant at, String text)
      implements Command {}

  /**
   * Somebody says that conditions belong to another incident: that one is merged with this one,
   * some are moved to it, or split off into a new one. Key: the alert group.
   *
   * @param into the other incident; null for a new one
   * @param intoGroup its alert group
   * @param groupLabels of this incident: a new one gets them
   * @param whole whether all of it is to go
   * @param alerts the conditions, as people know them
   */
  @JsonTypeName("move-alerts")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MoveAlerts(
      String id,
      String incidentId,
      String group,
      String by,
      String via,
      Instant at,
      @Nullable String into,
      String intoGroup,
      Map<String, String> groupLabels,
      boolean whole,
      List<IncidentAlert> alerts)
      implements Command {}

  /** A dead or delivered notification is to be sent again. Key: the endpoint. */
  @JsonTypeName("replay-delivery")
  record ReplayDelivery(
      String id, String endpoint, String deliveryId, String by, String via, Instant at)
      implements Command {}

  /** A subscriber is to be sent a test event. Key: the endpoint. */
  @JsonTypeName("test-subscription")
  record TestSubscription(String id, String endpoint, String by, String via, Instant at)
      implements Command {

    /** The id of the event that is sent for it. */
    public String eventId() {
      return ContentId.of("evt", id);
    }
  }

  /**
   * A subscription is taken back: it is no setting any more, and what waits for it is cancelled.
   * Key: the endpoint.
   */
  @JsonTypeName("delete-subscription")
  record DeleteSubscription(String id, String endpoint, String by, String via, Instant at)
      implements Command {}

  String id();

  String by();

  String via();

  Instant at();

  /** The key of its record: a command meets the state it is about in one partition. */
  default String scope() {
    return switch (this) {
      case Acknowledge c -> c.group();
      case Resolve c -> c.group();
      case AddNote c -> c.group();
      case MoveAlerts c -> c.group();
      case ReplayDelivery c -> c.endpoint();
      case TestSubscription c -> c.endpoint();
      case DeleteSubscription c -> c.endpoint();
    };
  }
}
