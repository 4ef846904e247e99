// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import dev.tocsin.proof.history.Entry;
import dev.tocsin.proof.history.History;
import dev.tocsin.proof.oracle.Check;
import dev.tocsin.proof.oracle.Finding;
import dev.tocsin.proof.oracle.Oracle;
import dev.tocsin.proof.process.Build;
import dev.tocsin.proof.process.Disks;
import dev.tocsin.proof.process.Installation;
import dev.tocsin.proof.process.Waiting;
import dev.tocsin.proof.schedule.Fault;
import dev.tocsin.proof.schedule.Schedule;
import dev.tocsin.proof.stub.Outside;
import dev.tocsin.proof.topic.FinalTopics;
import dev.tocsin.schemas.topic.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import tools.jackson.databind.JsonNode;

/** One run of the program under one schedule of faults, from its start to the judgement. */
final class Experiment {

  private static final String TOKEN = "proof-token-0123456789";

  /** After the last fault, with every message that was not answered yet. */
  private static final Duration SENDS_WITHIN = Duration.ofMinutes(8);

  private static final Duration BETWEEN_JUDGEMENTS = Duration.ofSeconds(3);

  /** A judgement reads all topics, and takes from whoever still works: so many times its length. */
  private static final int PAUSE_PER_JUDGEMENT = 3;

  private static final Duration FIRST_PAGE_WITHIN = Duration.ofSeconds(90);
  private static final Duration ANNOUNCED_WITHIN = Duration.ofSeconds(60);
  private static final Duration SUBSCRIBED_AFTER = Duration.ofSeconds(2);

  private final Schedule schedule;
  private final String mainClass;
  private final Build before;
  private final Path directory;
  private final InstantSource clock;
  private final PrintStream out;

  /**
   * @param before the build that runs until a fault replaces it
   */
  Experiment(
      Schedule schedule,
      String mainClass,
      Build before,
      Path directory,
      InstantSource clock,
      PrintStream out) {
    this.schedule = schedule;
    this.mainClass = mainClass;
    this.before = before;
    this.directory = directory;
    this.clock = clock;
    this.out = out;
  }

  /** The history, with what the topics said in the end. It is also in the directory. */
  List<Entry> run() {
    try (History history = History.in(directory.resolve("history.jsonl"));
        Disks disks = new Disks(directory.resolve("data"), schedule.disks());
        Outside outside = new Outside(schedule, clock, history);
        Installation installation = install(outside)) {
      long begun = System.nanoTime();
      installation.start();
      out.printf("ready after %.1f s%n", seconds(begun));
      if (schedule.pagesPerMinute() > 0) {
        history.add(new Entry.Paced(clock.instant(), schedule.pagesPerMinute()));
      }
      if (schedule.slack()) {
        awaitAnnouncement(installation, history);
      }
      subscribe(installation, outside, history);
      Traffic traffic =
          new Traffic(installation.ingest(), TOKEN, schedule.perSecond(), clock, history);
      Thread sender = Thread.ofVirtual().start(traffic);
      if (!Waiting.until(
          () -> outside.pageCalls() > 0, FIRST_PAGE_WITHIN, Duration.ofMillis(100))) {
        traffic.giveUp();
        throw new IllegalStateException("nobody was paged within " + FIRST_PAGE_WITHIN);
      }
      try (Striker striker =
          new Striker(
              installation,
              new RoleFaults(installation, disks, directory, out),
              outside,
              history,
              clock,
              out)) {
        strikeAll(striker);
        traffic.enough();
        striker.heal();
        join(sender, traffic);
        awaitQuiet(installation, history).forEach(history::add);
      }
      return history.entries();
    }
  }

  private Installation install(Outside outside) {
    Map<String, String> settings = new HashMap<>(outside.settings());
    settings.put("TOCSIN_INGEST_SOURCES_GRAFANA_TOKEN", TOKEN);
    settings.put("TOCSIN_CONSOLE_API_TOKENS", TOKEN);
    settings.put("TOCSIN_DETECTION_STORM_ENABLED", "false");
    settings.put("TOCSIN_PAGERDUTY_RATE_PER_MINUTE", Integer.toString(schedule.pagesPerMinute()));
    if (schedule.together()) {
      return Installation.together(mainClass, directory, settings);
    }
    return schedule.brokers() == Schedule.CLUSTER
        ? Installation.cluster(mainClass, directory, settings)
        : Installation.apart(mainClass, before, directory, settings);
  }

  /** Until the notifier has said that it can post, no run plans a post, and none is owed. */
  private void awaitAnnouncement(Installation installation, History history) {
    FinalTopics topics = new FinalTopics(installation.broker());
    if (!Waiting.until(
        () -> topics.isAnnounced(Outside.SLACK, "post"),
        ANNOUNCED_WITHIN,
        Duration.ofMillis(500))) {
      throw new IllegalStateException("the notifier did not say that it can post to Slack");
    }
    history.add(new Entry.Announced(clock.instant(), Outside.SLACK));
  }

  private void subscribe(Installation installation, Outside outside, History history) {
    for (String receiver : outside.subscribers()) {
      String wish =
          "{\"url\":\"%s/hook\",\"events\":[\"dev.tocsin.incident.*\"]}"
              .formatted(outside.address(receiver));
      try {
        HttpResponse<String> made =
            installation
                .web()
                .post(installation.console().resolve("/v1/subscriptions"), TOKEN, wish);
        JsonNode subscription = Json.MAPPER.readTree(made.body());
        String secret = subscription.path("secret").asString("");
        if (made.statusCode() != 201 || secret.isEmpty()) {
          throw new IllegalStateException("cannot subscribe: " + made.body());
        }
        outside.trust(receiver, secret);
        Instant since = Instant.parse(subscription.path("createdAt").asString());
        history.add(new Entry.Subscribed(since, receiver));
      } catch (IOException e) {
        throw new IllegalStateException("cannot subscribe", e);
      }
    }
    // Notifier and workflow hear of a setting a moment after it was written.
    Waiting.pause(SUBSCRIBED_AFTER);
  }

  private void strikeAll(Striker striker) {
    long end = System.nanoTime() + Duration.ofMinutes(schedule.minutes()).toNanos();
    for (Fault fault : schedule.faults()) {
      if (System.nanoTime() > end) {
        out.printf("%d minutes are over: the rest of the faults is left out%n", schedule.minutes());
        return;
      }
      striker.strike(fault);
    }
    striker.awaitOver();
    // What the last fault left in flight is as interesting as the rest.
    Waiting.pause(Duration.ofSeconds(5));
  }

  /** What the topics and the accounting say, once they have nothing more to mend. */
  private List<Entry> awaitQuiet(Installation installation, History history) {
    long begun = System.nanoTime();
    Patience patience = new Patience();
    while (true) {
      long judging = System.nanoTime();
      List<Entry> seen = history.entries();
      List<Entry> last = new ArrayList<>(topics(installation));
      last.addAll(accounting(installation));
      List<Entry> all = new ArrayList<>(seen);
      all.addAll(last);
      List<Finding> findings = Oracle.judge(all);
      long mending = findings.stream().filter(finding -> finding.check().mayHeal()).count();
      boolean hopeless =
          findings.stream().anyMatch(finding -> finding.check().kind() == Check.Kind.DOUBLED);
      if (mending == 0
          || patience.isOver(
              mending, taken(seen), hopeless, Duration.ofNanos(System.nanoTime() - begun))) {
        out.printf("quiet %.0f s after the last fault%n", seconds(begun));
        return last;
      }
      Duration judged = Duration.ofNanos(System.nanoTime() - judging);
      Waiting.pause(BETWEEN_JUDGEMENTS.plus(judged.multipliedBy(PAUSE_PER_JUDGEMENT)));
    }
  }

  private static long taken(List<Entry> entries) {
    return entries.stream().filter(e -> e instanceof Entry.Call call && call.taken()).count();
  }

  /** Empty when the broker does not answer: everything is missing then, and may come. */
  private List<Entry> topics(Installation installation) {
    Instant asked = clock.instant();
    try {
      List<Entry> read = new ArrayList<>(new FinalTopics(installation.broker()).read());
      read.add(new Entry.Surveyed(asked));
      return read;
    } catch (KafkaException e) {
      out.println("the topics cannot be read now: " + e.getMessage());
      return List.of();
    }
  }

  private List<Entry> accounting(Installation installation) {
    try {
      HttpResponse<String> answer =
          installation
              .web()
              .get(
                  installation.console().resolve("/v1/accounting"),
                  "Authorization",
                  "Bearer " + TOKEN);
      JsonNode sums = Json.MAPPER.readTree(answer.body());
      return answer.statusCode() == 200
          ? List.of(
              new Entry.Accounted(
                  clock.instant(),
                  sums.path("accepted").asLong(0),
                  sums.path("accounted").asLong(0),
                  sums.path("unexplained").asLong(-1)))
          : List.of();
    } catch (IOException e) {
      out.println("the accounting cannot be read: " + e.getMessage());
      return List.of();
    }
  }

  private static void join(Thread sender, Traffic traffic) {
    try {
      if (!sender.join(SENDS_WITHIN)) {
        traffic.giveUp();
        sender.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double seconds(long begunNanos) {
    return Duration.ofNanos(System.nanoTime() - begunNanos).toMillis() / 1000.0;
  }
}
