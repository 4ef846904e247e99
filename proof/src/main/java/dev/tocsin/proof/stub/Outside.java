// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.stub;

import dev.tocsin.proof.history.History;
import dev.tocsin.proof.schedule.Fault.Misdeed;
import dev.tocsin.proof.schedule.Schedule;
import dev.tocsin.testkit.jira.FakeJira;
import dev.tocsin.testkit.pagerduty.FakePagerDuty;
import dev.tocsin.testkit.receiver.Exchange;
import dev.tocsin.testkit.receiver.FakeReceiver;
import dev.tocsin.testkit.receiver.Request;
import dev.tocsin.testkit.slack.FakeSlack;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Everybody the program delivers to: each misbehaves as told and keeps a history. */
public final class Outside implements AutoCloseable {

  public static final String PAGERDUTY = "pagerduty";
  public static final String JIRA = "jira";
  public static final String SLACK = "slack";

  /** Where pages go as well that PagerDuty does not take. No storm comes over it. */
  private static final String SECOND = "pagerduty-second";

  private static final String RECEIVER = "receiver-";

  /** Jira's search sees an issue up to so much later. */
  private static final long LONGEST_LAG_MILLIS = 120_000;

  private final FakePagerDuty pagerDuty;
  private final FakePagerDuty second;
  private final FakeJira jira;
  private final FakeSlack slack;
  private final boolean isSlackUsed;
  private final Map<String, Subscriber> subscribers = new LinkedHashMap<>();
  private final Map<String, FakeReceiver> receivers = new LinkedHashMap<>();
  private final Map<String, Weather> weather = new LinkedHashMap<>();
  private final AtomicLong pageCalls = new AtomicLong();

  /**
   * @param schedule whose seed is that of rare misdeeds and of how far Jira's search is behind
   */
  public Outside(Schedule schedule, InstantSource clock, History history) {
    long seed = schedule.seed();
    this.isSlackUsed = schedule.slack();
    this.pagerDuty = FakePagerDuty.start(0, clock);
    this.second = FakePagerDuty.start(0, clock);
    this.jira = FakeJira.start(0, clock);
    this.slack = FakeSlack.start(0, clock);
    jira.indexLag(
        issue ->
            Duration.ofMillis(
                new SplittableRandom(seed * 31 + issue.id()).nextLong(LONGEST_LAG_MILLIS)));
    join(
        PAGERDUTY,
        pagerDuty,
        new Weather(seed, _ -> true, 10, 5),
        exchange -> {
          pageCalls.incrementAndGet();
          Reading.paged(exchange, PAGERDUTY).ifPresent(history::add);
        });
    join(
        SECOND,
        second,
        new Weather(seed + 2, _ -> true, 10, 5),
        exchange -> Reading.paged(exchange, SECOND).ifPresent(history::add));
    join(
        JIRA,
        jira,
        new Weather(seed + 1, Outside::changesTicket, 20, 10),
        exchange -> Reading.ticketed(exchange).ifPresent(history::add));
    join(
        SLACK,
        slack,
        new Weather(seed + 3, Reading::isWrittenToSlack, 20, 10),
        exchange -> Reading.posted(exchange).ifPresent(history::add));
    for (String name : receiverNames(schedule.receivers())) {
      Subscriber subscriber = Subscriber.start(clock);
      this.subscribers.put(name, subscriber);
      join(
          name,
          subscriber,
          new Weather(seed + name.hashCode(), _ -> true, 5, 5),
          exchange ->
              history.add(Reading.heard(exchange, name, subscriber.isSigned(exchange.request()))));
    }
  }

  /** Who can misbehave. */
  public static List<String> names(int subscribers) {
    List<String> names = new ArrayList<>(List.of(PAGERDUTY, JIRA, SLACK));
    names.addAll(receiverNames(subscribers));
    return names;
  }

  private static List<String> receiverNames(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      names.add(RECEIVER + i);
    }
    return names;
  }

  private void join(String name, FakeReceiver receiver, Weather own, Consumer<Exchange> toHistory) {
    receivers.put(name, receiver);
    weather.put(name, own);
    receiver.faults(own);
    receiver.recordTo(toHistory);
  }

  private static boolean changesTicket(Request request) {
    boolean reads = request.path().contains("/search/") || request.path().endsWith("/bulkfetch");
    return request.method().equals("POST") && !reads;
  }

  /** Settings that connect the program to all of it, as environment variables. */
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(settingsWithoutSlack());
    if (isSlackUsed) {
      settings.put("TOCSIN_SLACK_URL", slack.uri().toString());
      settings.put("TOCSIN_SLACK_TOKEN", FakeSlack.TOKEN);
      settings.put("TOCSIN_SLACK_CHANNEL", FakeSlack.CHANNEL);
      // Incidents come faster here than Slack takes messages.
      settings.put("TOCSIN_SLACK_RATE_PER_MINUTE", "0");
    }
    return settings;
  }

  private Map<String, String> settingsWithoutSlack() {
    return Map.of(
        "TOCSIN_PAGERDUTY_URL",
        pagerDuty.uri().toString(),
        "TOCSIN_PAGERDUTY_ROUTING_KEY",
        FakePagerDuty.ROUTING_KEY,
        "TOCSIN_PAGERDUTY_SECOND_URL",
        second.uri().toString(),
        "TOCSIN_PAGERDUTY_SECOND_ROUTING_KEY",
        FakePagerDuty.ROUTING_KEY,
        "TOCSIN_JIRA_URL",
        jira.uri().toString(),
        "TOCSIN_JIRA_EMAIL",
        FakeJira.EMAIL,
        "TOCSIN_JIRA_API_TOKEN",
        FakeJira.API_TOKEN,
        "TOCSIN_JIRA_PROJECT",
        FakeJira.PROJECT,
        "TOCSIN_NOTIFIER_WEBHOOK_ALLOWED_NETWORKS",
        "127.0.0.0/8");
  }

  public List<String> subscribers() {
    return List.copyOf(subscribers.keySet());
  }

  public URI address(String receiver) {
    return find(receivers, receiver).uri();
  }

  /** Whose signatures a subscriber believes. */
  public void trust(String subscriber, String secret) {
    find(subscribers, subscriber).trust(secret);
  }

  /** How many calls PagerDuty got so far. */
  public long pageCalls() {
    return pageCalls.get();
  }

  public void storm(String receiver, Misdeed misdeed) {
    find(weather, receiver).storm(misdeed);
  }

  /** Ends a storm; calls that hang in it are dropped. */
  public void calm(String receiver) {
    Weather own = find(weather, receiver);
    own.storm(null);
    FakeReceiver calmed = find(receivers, receiver);
    calmed.recover();
    calmed.faults(own);
  }

  /** From now on all of them behave. */
  public void clear() {
    weather.values().forEach(Weather::clear);
    receivers.keySet().forEach(this::calm);
  }

  private static <V> V find(Map<String, V> all, String name) {
    V found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "nobody is called %s; there are %s".formatted(name, all.keySet()));
    }
    return found;
  }

  @Override
  public void close() {
    receivers.values().forEach(FakeReceiver::close);
  }
}
