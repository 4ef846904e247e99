// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import static dev.tocsin.workflow.Samples.INCIDENT;
import static dev.tocsin.workflow.Samples.SLOW;
import static dev.tocsin.workflow.Samples.T0;
import static dev.tocsin.workflow.Samples.opened;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.delivery.Delivery.Status;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.step.StepResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A record → what happened, and whether that is worth a look at the state. */
class HappeningTest {

  private static final Content RESOLVE = new Content.PageResolve("key");
  private static final Content EVENT = new Content.Event("ev-1", "incident.opened", "{}");

  static Stream<Arguments> records() {
    return Stream.of(
        Arguments.of(opened(SLOW), Happening.Moved.class, true),
        Arguments.of(
            new StepResult(
                "s", "r", INCIDENT, "investigate", 1, StepResult.Outcome.FAILED, null, "", T0),
            Happening.Answered.class,
            true),
        Arguments.of(delivery(Status.DELIVERED, RESOLVE), Happening.Settled.class, true),
        Arguments.of(delivery(Status.DEAD, RESOLVE), Happening.Settled.class, true),
        Arguments.of(delivery(Status.PENDING, RESOLVE), Happening.Settled.class, false),
        Arguments.of(delivery(Status.DELIVERED, EVENT), Happening.Settled.class, false),
        Arguments.of(delivery(Status.PENDING, EVENT), Happening.Settled.class, false));
  }

  @ParameterizedTest
  @MethodSource("records")
  void record_happensToItsIncident_andMattersUnlessNoRunHearsOfIt(
      Object value, Class<? extends Happening> as, boolean matters) {
    Happening happening = Happening.of(value);

    assertThat(happening).isInstanceOf(as);
    assertThat(happening.incidentId()).isEqualTo(INCIDENT);
    assertThat(happening.matters()).isEqualTo(matters);
  }

  private static Delivery delivery(Status status, Content content) {
    Notification n =
        new Notification("dlv", "pagerduty/default", INCIDENT, 1, INCIDENT, null, T0, T0, content);
    return new Delivery("dlv", status, n, List.of(), 1, null, null, "", T0);
  }
}
