// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.subscription;

import static dev.tocsin.notifier.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.Samples;
import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.delivery.Delivery.Status;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.step.StepResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HappeningsTest {

  private static final String FAILED = "dev.tocsin.delivery.failed";
  private static final Notification PAGE = Samples.page("inc_1");
  private static final Notification TICKET = Samples.ticket("inc_1");

  static Stream<Arguments> deliveries() {
    return Stream.of(
        Arguments.of(PAGE, Status.DELIVERED, "dev.tocsin.page.sent"),
        Arguments.of(TICKET, Status.DELIVERED, "dev.tocsin.ticket.created"),
        Arguments.of(Samples.resolve("inc_1"), Status.DELIVERED, null),
        Arguments.of(Samples.comment("inc_1"), Status.DELIVERED, null),
        Arguments.of(event("dev.tocsin.incident.opened"), Status.DELIVERED, null),
        Arguments.of(PAGE, Status.DEAD, FAILED),
        Arguments.of(TICKET, Status.DEAD, FAILED),
        Arguments.of(Samples.resolve("inc_1"), Status.DEAD, FAILED),
        Arguments.of(event("dev.tocsin.incident.opened"), Status.DEAD, FAILED),
        // two dead subscribers would tell each other for ever
        Arguments.of(event(FAILED), Status.DEAD, null),
        Arguments.of(PAGE, Status.PENDING, null),
        Arguments.of(PAGE, Status.CANCELLED, null));
  }

  @ParameterizedTest(name = "{1} {0}: {2}")
  @MethodSource("deliveries")
  void deliverysEnd_isTold_whereItIsNews(Notification notification, Status status, String type) {
    assertThat(Happenings.of(delivery(notification, status, 3), null))
        .extracting(OutboundEvent::type)
        .isEqualTo(type == null ? List.of() : List.of(type));
  }

  @Test
  void subscriberThatCannotBeReached_isNotToldSo_andOthersAre() {
    assertThat(told(delivery(event("dev.tocsin.incident.opened"), Status.DEAD, 3)).notTo())
        .isEqualTo("sub_1");
    assertThat(told(delivery(PAGE, Status.DEAD, 3)).notTo()).isNull();
  }

  @Test
  void deliveryThatFailsAgainAfterAReplay_isAnotherHappening() {
    String first = told(delivery(PAGE, Status.DEAD, 3)).id();

    assertThat(told(delivery(PAGE, Status.DEAD, 3)).id()).isEqualTo(first);
    assertThat(told(delivery(PAGE, Status.DEAD, 6)).id()).isNotEqualTo(first);
  }

  @Test
  void pagesText_isForThoseWhoArePaged() {
    assertThat(told(delivery(PAGE, Status.DELIVERED, 1)).toJson())
        .contains("\"endpoint\":\"pagerduty/default\"")
        .doesNotContain("disk full");
  }

  @Test
  void investigation_isToldWithEachToolItUsed_andTheAlertsOwnWordsAreNone() {
    List<OutboundEvent> events =
        Happenings.of(
            result(StepResult.Outcome.DONE, context("alert", "prometheus", "loki")), null);

    assertThat(events)
        .extracting(OutboundEvent::type)
        .containsExactly(
            "dev.tocsin.tool.executed",
            "dev.tocsin.tool.executed",
            "dev.tocsin.investigation.completed");
    assertThat(events).extracting(OutboundEvent::id).doesNotHaveDuplicates();
  }

  @Test
  void modelsConclusion_isToldToo_whenItComesAfterTheEvidence() {
    String evidence = completed(context("alert"));
    String concluded = completed(context("gpt-x", List.of()));

    assertThat(concluded).isNotEqualTo(evidence);
    assertThat(completed(context("alert", "loki"))).as("handed out again").isEqualTo(evidence);
    assertThat(completed(context("gpt-x", List.of()))).isEqualTo(concluded);
  }

  @Test
  void investigationWithoutContext_isNotTold() {
    assertThat(Happenings.of(result(StepResult.Outcome.DONE, null), null)).isEmpty();
    assertThat(Happenings.of(result(StepResult.Outcome.FAILED, null), null)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void run_isToldWhenItIsOver(Run.Status status) {
    Run run = new Run("run_1", "inc_1", 2, "default", "1", status, NOON, NOON, List.of());

    assertThat(Happenings.of(run, null))
        .extracting(OutboundEvent::type, OutboundEvent::epoch)
        .isEqualTo(
            status == Run.Status.RUNNING
                ? List.of()
                : List.of(org.assertj.core.groups.Tuple.tuple("dev.tocsin.playbook.finished", 2)));
  }

  private static OutboundEvent told(Delivery delivery) {
    return Happenings.of(delivery, null).getFirst();
  }

  private static Delivery delivery(Notification notification, Status status, int attempts) {
    return new Delivery(
        notification.id(), status, notification, List.of(), attempts, null, null, "500", NOON);
  }

  private static Notification event(String type) {
    return Samples.notification(
        "dlv_1", "webhook/sub_1", "inc_1", null, new Content.Event("evt_1", type, "{}"));
  }

  private static StepResult result(StepResult.Outcome outcome, Context context) {
    return new StepResult("stp_1", "run_1", "inc_1", "investigate", 1, outcome, context, "", NOON);
  }

  private static String completed(Context context) {
    return Happenings.of(result(StepResult.Outcome.DONE, context), null).getLast().id();
  }

  private static Context context(String... sources) {
    return context(
        null, Stream.of(sources).map(s -> new Evidence(s, s, "", "", "", NOON, null)).toList());
  }

  private static Context context(String model, List<Evidence> evidence) {
    return new Context(
        "s", null, null, List.of(), evidence, List.of(), List.of(), model, 0, 0, NOON);
  }
}
