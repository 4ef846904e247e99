// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.endtoend;

import static dev.tocsin.launcher.endtoend.Outside.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.launcher.Everything;
import dev.tocsin.launcher.broker.EmbeddedBroker;
import dev.tocsin.schemas.topic.Topics;
import dev.tocsin.testkit.jira.JiraIssue;
import dev.tocsin.testkit.pagerduty.PagerDutyIncident;
import dev.tocsin.testkit.receiver.FakeReceiver;
import dev.tocsin.testkit.receiver.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The worst that an operator can do: every application reset, so that every topic is read again
 * from its beginning by a program that remembers nothing.
 */
class ReplayTest {

  private static final String STARTED = "2026-03-02T10:00:00Z";
  private static final String LATER = "2026-03-02T11:00:00Z";

  @TempDir Path brokerData;
  @TempDir Path before;
  @TempDir Path after;

  private final Outside outside = new Outside();
  private final Map<String, String> settings = new HashMap<>(outside.settings());
  private EmbeddedBroker broker;

  @BeforeEach
  void start() {
    broker = EmbeddedBroker.start(brokerData, 0);
    settings.put("tocsin.topics.partitions", "1");
    settings.put("tocsin.topics.replicas", "1");
    // As wherever services run apart: else it would be in the data that is lost.
    settings.put("tocsin.signing-key", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
  }

  @AfterEach
  void stop() {
    outside.close();
    broker.close();
  }

  @Test
  void everyApplicationReset_repeatsNothing_andGoesOnWithWhatIsOpen() throws Exception {
    story();
    Made made = made();

    reset(Set.of());
    try (Everything program = Everything.start(after, broker.address(), settings)) {
      assertThat(program.report()).isNotEmpty();
      somethingNew();
      assertNothingIsRepeated(made);

      assertThat(outside.post("resolved", "payments", STARTED)).isEqualTo(202);
      patiently(() -> incidentOf("payments").status() == PagerDutyIncident.Status.RESOLVED);
      patiently(
          () ->
              outside.jira.issues().stream()
                  .filter(issue -> issue.summary().contains("payments"))
                  .allMatch(JiraIssue::isDone));
    }
  }

  @Test
  void everyApplicationReset_withTheLedgerLostToo_sendsNothingThatIsOlderThanNotBefore()
      throws Exception {
    story();
    Made made = made();

    reset(Set.of(Topics.EFFECTS.name()));
    Instant now = InstantSource.system().instant();
    settings.put("tocsin.effects.not-before", now.toString());
    try (Everything program = Everything.start(after, broker.address(), settings)) {
      assertThat(program.report()).isNotEmpty();
      somethingNew();
      assertNothingIsRepeated(made);
      assertThat(deliveries().toString()).contains("tocsin.effects.not-before");
    }
  }

  /** One incident that is over and came again, one that a person has, one that is only open. */
  private void story() {
    try (Everything program = Everything.start(before, broker.address(), settings)) {
      assertThat(program.report()).isNotEmpty();
      String wish =
          "{\"url\":\"%s\",\"events\":[\"dev.tocsin.*\"]}"
              .formatted(outside.subscriber.uri().resolve("/events"));
      assertThat(outside.command("/v1/subscriptions", wish).statusCode()).isEqualTo(201);
      assertThat(outside.post("firing", "checkout", STARTED)).isEqualTo(202);
      patiently(() -> outside.jira.issues().size() == 1);
      patiently(() -> outside.pagerDuty.incidents().size() == 1);
      assertThat(outside.post("resolved", "checkout", STARTED)).isEqualTo(202);
      patiently(() -> outside.pagerDuty.openIncidents().isEmpty());
      patiently(() -> outside.jira.issues().stream().allMatch(JiraIssue::isDone));
      assertThat(outside.post("firing", "checkout", LATER)).isEqualTo(202);
      patiently(() -> outside.pagerDuty.incidents().size() == 2);

      assertThat(outside.post("firing", "payments", STARTED)).isEqualTo(202);
      patiently(() -> outside.jira.issues().size() == 2);
      patiently(() -> outside.pagerDuty.incidents().size() == 3);

      assertThat(outside.post("firing", "search", STARTED)).isEqualTo(202);
      patiently(() -> outside.jira.issues().size() == 3);
      patiently(() -> outside.pagerDuty.incidents().size() == 4);
      outside.command("/v1/incidents/" + idOf("search") + "/acknowledge", "{}");
      patiently(() -> incidentOf("search").status() == PagerDutyIncident.Status.ACKNOWLEDGED);
      patiently(() -> deliveries().valueStream().noneMatch(ReplayTest::isPending));
      AtomicInteger heard = new AtomicInteger();
      await()
          .during(Duration.ofSeconds(4))
          .atMost(Duration.ofMinutes(5))
          .until(
              () -> {
                int now = outside.subscriber.requests().size();
                return heard.getAndSet(now) == now;
              });
    }
  }

  /** What is last in every topic: when it is everywhere, everything before it was read. */
  private void somethingNew() {
    patiently(() -> outside.post("firing", "inventory", STARTED) == 202);
    patiently(() -> outside.pagerDuty.incidents().stream().anyMatch(i -> is(i, "inventory")));
    patiently(() -> outside.jira.issues().size() == 4);
    String id = idOf("inventory");
    for (String type : List.of("incident.opened", "page.sent", "ticket.created")) {
      patiently(
          () ->
              outside.subscriber.requests().stream()
                  .map(Request::text)
                  .anyMatch(t -> t.contains("dev.tocsin." + type) && t.contains(id)));
    }
    patiently(() -> deliveries().valueStream().noneMatch(ReplayTest::isPending));
  }

  /** How much each has heard so far. */
  private record Made(int toPagerDuty, int toJira, Set<String> events) {}

  private Made made() {
    return new Made(
        changes(outside.pagerDuty).size(),
        changes(outside.jira).size(),
        ids(outside.subscriber.requests()));
  }

  private void assertNothingIsRepeated(Made made) {
    String id = idOf("inventory");
    assertThat(outside.pagerDuty.incidents())
        .extracting(PagerDutyIncident::dedupKey)
        .hasSize(5)
        .doesNotHaveDuplicates();
    assertThat(
            changes(outside.pagerDuty).subList(made.toPagerDuty, changes(outside.pagerDuty).size()))
        .as("of the new page alone, which is sent again where nothing is heard of it")
        .allMatch(event -> event.contains("inventory"));
    assertThat(outside.jira.issues()).hasSize(4);
    assertThat(changes(outside.jira).subList(made.toJira, changes(outside.jira).size()))
        .as("for the new ticket alone")
        .allMatch(request -> request.contains("inventory") || request.contains("/OPS-4/"));
    assertThat(outside.subscriber.requests())
        .filteredOn(request -> !made.events.contains("" + request.header("webhook-id")))
        .extracting(Request::text)
        .as("of what was before, nothing under another id")
        // Steps are taken again, and what the agent's tools find now is another thing to tell.
        .allMatch(event -> event.contains(id) || event.contains("dev.tocsin.tool.executed"));
    assertThat(outside.subscriber.requests())
        .extracting(request -> request.header("webhook-id"))
        .as("and nothing twice")
        .doesNotHaveDuplicates();
    assertThat(outside.get("/v1/accounting").path("unexplained").asInt(-1)).isZero();
  }

  /** Requests that change something there; the rest is the reconciler's looking. */
  private static List<String> changes(FakeReceiver vendor) {
    return vendor.requests().stream()
        .filter(r -> !r.method().equals("GET") && !r.path().contains("search"))
        .filter(r -> !r.path().contains("bulkfetch"))
        .map(r -> r.path() + ' ' + r.text())
        .toList();
  }

  private static Set<String> ids(List<Request> requests) {
    return requests.stream().map(r -> "" + r.header("webhook-id")).collect(Collectors.toSet());
  }

  private JsonNode deliveries() {
    return outside.get("/v1/deliveries?limit=200").path("items");
  }

  private static boolean isPending(JsonNode delivery) {
    return delivery.path("status").asString().equalsIgnoreCase("pending");
  }

  private String idOf(String service) {
    return outside
        .get("/v1/incidents")
        .path("items")
        .valueStream()
        .filter(incident -> incident.toString().contains(service))
        .findFirst()
        .orElseThrow()
        .path("id")
        .asString();
  }

  private PagerDutyIncident incidentOf(String service) {
    return outside.pagerDuty.incidents().stream()
        .filter(i -> is(i, service))
        .findFirst()
        .orElseThrow();
  }

  private static boolean is(PagerDutyIncident incident, String service) {
    return incident.event().toString().contains(service);
  }

  /**
   * All groups forgotten, and all topics that belong to an application alone; its state is lost.
   */
  private void reset(Set<String> lost) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      Set<String> groups =
          admin.listGroups().all().get().stream()
              .map(GroupListing::groupId)
              .collect(Collectors.toSet());
      assertThat(groups).contains("tocsin-detection", "tocsin-workflow", "tocsin-notifier");
      for (String group : groups) {
        patiently(() -> isDeleted(admin, group));
      }
      Set<String> topics =
          admin.listTopics().names().get().stream()
              .filter(topic -> !topic.startsWith("tocsin.") || lost.contains(topic))
              .collect(Collectors.toSet());
      assertThat(topics).anyMatch(topic -> topic.endsWith("-changelog")).containsAll(lost);
      admin.deleteTopics(topics).all().get();
      patiently(() -> admin.listTopics().names().get().stream().noneMatch(topics::contains));
    }
  }

  /** Not while the broker thinks that somebody is still in it. */
  private static boolean isDeleted(Admin admin, String group) throws InterruptedException {
    try {
      admin.deleteConsumerGroups(List.of(group)).all().get();
      return true;
    } catch (ExecutionException e) {
      return e.getCause() instanceof org.apache.kafka.common.errors.GroupIdNotFoundException;
    }
  }
}
