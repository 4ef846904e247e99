// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.command;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;

/**
 * A wish of a person, or of a system that speaks for one. It may be refused.
 *
 * <p>{@code by} is who, {@code via} is where they said so: {@code console}, {@code pagerduty},
 * {@code jira}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Command {

  /** Somebody has the incident. Key: the incident's id. */
  @JsonTypeName("acknowledge")
  record Acknowledge(String id, String incidentId, String group, String by, String via, Instant at)
      implements Command {}

  /** Somebody says the incident is over. Key: the incident's id. */
  @JsonTypeName("resolve")
  record Resolve(String id, String incidentId, String group, String by, String via, Instant at)
      implements Command {}

  /** Somebody says something about the incident. Key: the incident's id. */
  @JsonTypeName("add-note")
  record AddNote(
      String id, String incidentId, String group, String by, String via, Instant at, String text)
      implements Command {}

  /** A dead or delivered notification is to be sent again. Key: the endpoint. */
  @JsonTypeName("replay-delivery")
  record ReplayDelivery(
      String id, String endpoint, String deliveryId, String by, String via, Instant at)
      implements Command {}

  String id();

  String by();

  String via();

  Instant at();

  /** What it is about: the key of its record. */
  default String scope() {
    return switch (this) {
      case Acknowledge c -> c.incidentId();
      case Resolve c -> c.incidentId();
      case AddNote c -> c.incidentId();
      case ReplayDelivery c -> c.endpoint();
    };
  }
}
