// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.lane.LanesInMemory;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.workflow.playbook.Conditions;
import dev.tocsin.workflow.playbook.Playbooks;
import dev.tocsin.workflow.run.Decider;
import dev.tocsin.workflow.run.Decision;
import dev.tocsin.workflow.run.Happening;
import dev.tocsin.workflow.run.IncidentRuns;
import dev.tocsin.workflow.step.Means;
import dev.tocsin.workflow.step.StepCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What workflow and the lanes made of the recorded histories of detection, while each endpoint
 * refuses every fourth attempt once. Every version decides alike, or changes the file in its commit
 * and says why: {@code -Dtocsin.update-histories=true}.
 */
class ResponseHistoryTest {

  private static final Path RECORDED = Path.of("../detection/src/test/resources/history");
  private static final Path HISTORIES = Path.of("src/test/resources/history");
  private static final int LONGEST = 1000;
  private static final Duration CALL = Duration.ofMillis(200);
  private static final LaneProfile PROFILE =
      new LaneProfile(
          4,
          110,
          Duration.ofSeconds(20),
          List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30)),
          LaneProfile.AfterUnknown.REPEAT);

  private final StepCatalog catalog =
      StepCatalog.of(Duration.ofSeconds(10), "http://localhost:8081");
  private final Decider decider =
      new Decider(Playbooks.load(null, catalog, new Conditions()), catalog);
  private final LanesInMemory lanes = new LanesInMemory(endpoint -> PROFILE);
  private final Map<String, IncidentRuns> runs = new HashMap<>();
  private final PriorityQueue<Due> agenda =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
  private final List<String> told = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private int numbers;
  private int calls;

  private record Due(Instant at, int number, Runnable action) {}

  @ParameterizedTest
  @ValueSource(strings = {"outage", "burst", "flapping", "silences"})
  void history_isAnsweredAsBefore(String name) throws IOException {
    try (Stream<String> lines = Files.lines(RECORDED.resolve(name + ".incidents.jsonl"))) {
      lines
          .map(line -> Json.MAPPER.readValue(line, IncidentEvent.class))
          .forEach(event -> at(event.at(), () -> happen(event)));
    }

    run();

    Path golden = HISTORIES.resolve(name + ".txt");
    if (Boolean.getBoolean("tocsin.update-histories")) {
      Files.write(golden, told);
    }
    assertThat(told).hasSizeBetween(10, LONGEST).isEqualTo(Files.readAllLines(golden));
  }

  private void run() {
    while (!agenda.isEmpty() || lanes.nextDue() != null) {
      Instant due = lanes.nextDue();
      if (due != null && (agenda.isEmpty() || due.isBefore(agenda.peek().at()))) {
        now = due.isAfter(now) ? due : now;
        hear(lanes.fire(now));
      } else {
        Due next = agenda.remove();
        now = next.at().isAfter(now) ? next.at() : now;
        next.action().run();
      }
      // A refused page comes back within minutes: what goes on for longer goes round.
      assertThat(told).hasSizeLessThan(LONGEST);
    }
  }

  private void at(Instant at, Runnable action) {
    agenda.add(new Due(at, numbers++, action));
  }

  private void happen(IncidentEvent event) {
    told.add("> %s %s epoch %d".formatted(event.type(), event.incidentId(), event.epoch()));
    decide(new Happening.Moved(event));
  }

  private void decide(Happening happening) {
    String incident = happening.incidentId();
    Decision decision =
        decider.decide(runs.get(incident), happening, new Means(false, Map.of()), now);
    if (decision.after() == null) {
      runs.remove(incident);
    } else {
      runs.put(incident, decision.after());
    }
    decision.steps().forEach(step -> tell("step", step.id(), step.kind()));
    decision.moves().forEach(move -> tell("run", move.after().id(), "" + move.after().status()));
    decision
        .notifications()
        .forEach(
            n -> {
              tell("plan", n.id(), n.endpoint() + " " + n.content().kind());
              hear(lanes.plan(n, now));
            });
    decision
        .timers()
        .forEach(timer -> at(timer.due(), () -> decide(new Happening.Rang(timer.name()))));
  }

  private void hear(LanesInMemory.Said said) {
    for (Attempt attempt : said.attempts()) {
      tell("attempt", attempt.notification().id(), "number " + attempt.n());
      boolean refused = ++calls % 4 == 0 && attempt.n() == 1;
      Instant issued = now;
      at(now.plus(CALL), () -> hear(lanes.result(result(attempt, issued, refused), now)));
    }
    for (Delivery delivery : said.deliveries()) {
      tell("delivery", delivery.id(), delivery.status().name());
      Happening settled = new Happening.Settled(delivery);
      if (settled.matters()) {
        decide(settled);
      }
    }
  }

  private AttemptResult result(Attempt attempt, Instant issued, boolean refused) {
    return new AttemptResult(
        attempt.id(),
        attempt.notification().id(),
        attempt.notification().endpoint(),
        attempt.n(),
        attempt.mode(),
        refused
            ? new Outcome.TryAgain(Reason.SERVER_ERROR, "500", null)
            : new Outcome.Delivered("ok-" + attempt.notification().id()),
        issued,
        now,
        null);
  }

  private void tell(String what, String id, String more) {
    told.add("  %s %s %s %s".formatted(now, what, id, more));
  }
}
