// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.step.StepResult;

/** Something that may move the runs of an incident. */
public sealed interface Happening {

  /** The incident moved. */
  record Moved(IncidentEvent event) implements Happening {}

  /** A step that was handed out came back. */
  record Answered(StepResult result) implements Happening {}

  /** Something became of a notification. */
  record Settled(Delivery delivery) implements Happening {}

  /** A timer came due. */
  record Rang(TimerName timer) implements Happening {}

  /** The incident it is about: the key of the state it meets. */
  default String incidentId() {
    return switch (this) {
      case Moved(var event) -> event.incidentId();
      case Answered(var result) -> result.incidentId();
      case Settled(var delivery) -> delivery.notification().incidentId();
      case Rang(var timer) -> timer.incidentId();
    };
  }

  /**
   * Whether it can move anything: most deliveries cannot, and are not worth a look at the state.
   */
  default boolean matters() {
    return !(this instanceof Settled(var delivery))
        || delivery.status() != Delivery.Status.PENDING
            && !(delivery.notification().content() instanceof Content.Event);
  }

  /** A record's value, as something that happened. */
  static Happening of(Object value) {
    return switch (value) {
      case IncidentEvent event -> new Moved(event);
      case StepResult result -> new Answered(result);
      case Delivery delivery -> new Settled(delivery);
      default -> throw new IllegalArgumentException("nothing known about " + value.getClass());
    };
  }
}
