// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.callback;

import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.notifier.channel.call.Status;
import dev.tocsin.notifier.channel.pagerduty.PagerDutyRest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks PagerDuty about our dedup keys, in a bounded number of calls: first for all that is open
 * there, then, key by key, for what was not among that.
 */
final class PagerDutyPoll {

  static final int MOST_CALLS = 20;
  private static final int MOST_PAGES = 10;
  private static final int PAGE = 100;
  private static final Duration EACH = Duration.ofSeconds(5);

  /** Without a date range PagerDuty leaves out what is older than a month. */
  private static final String ALL = "/incidents?date_range=all&limit=" + PAGE;

  private static final String OPEN =
      ALL + "&statuses%5B%5D=triggered&statuses%5B%5D=acknowledged&sort_by=created_at%3Adesc";

  /**
   * What came of it; with a fault, what came before it.
   *
   * @param reports by dedup key
   */
  record Findings(Map<String, PageReport> reports, @Nullable Fault fault) {}

  /**
   * Why PagerDuty did not answer.
   *
   * @param kind the same while nothing changes
   * @param pause how long it asks us to wait
   */
  record Fault(String kind, String detail, Duration pause) {}

  private final PagerDutyRest rest;
  private final HttpCalls calls;
  private final InstantSource clock;
  private final Turns turns = new Turns();

  /** Our keys by PagerDuty's ids, for incidents that do not show their key. */
  private final Map<String, String> keysById = new HashMap<>();

  PagerDutyPoll(PagerDutyRest rest, HttpCalls calls, InstantSource clock) {
    this.rest = rest;
    this.calls = calls;
    this.clock = clock;
  }

  Findings ask(Set<String> keys) {
    turns.begin(keys);
    keysById.values().retainAll(keys);
    Round round = new Round(keys);
    round.list();
    round.lookUp();
    return new Findings(round.reports, round.fault);
  }

  /** One round of asking. It ends with the first fault. */
  private final class Round {

    private final Set<String> keys;
    private final Map<String, PageReport> reports = new HashMap<>();
    private int callsLeft = MOST_CALLS;
    private @Nullable Fault fault;

    Round(Set<String> keys) {
      this.keys = keys;
    }

    void list() {
      boolean more = true;
      for (int page = 0; more && page < MOST_PAGES; page++) {
        JsonNode answer = get(OPEN + "&offset=" + page * PAGE);
        if (answer == null) {
          return;
        }
        read(answer).forEach(this::listed);
        more = answer.path("more").asBoolean(false) && reports.size() < keys.size();
      }
    }

    private void listed(PageReport report) {
      String key = report.dedupKey() == null ? keysById.get(report.id()) : report.dedupKey();
      if (key != null && keys.contains(key)) {
        take(key, report);
      }
    }

    void lookUp() {
      if (fault != null) {
        return;
      }
      Set<String> others = new HashSet<>(keys);
      others.removeAll(reports.keySet());
      for (String key : turns.next(others, callsLeft)) {
        JsonNode answer =
            get(ALL + "&incident_key=" + URLEncoder.encode(key, StandardCharsets.UTF_8));
        if (answer == null) {
          return;
        }
        read(answer).stream()
            .filter(report -> report.dedupKey() == null || report.dedupKey().equals(key))
            .reduce(PageReport::orBetter)
            .ifPresentOrElse(report -> take(key, report), () -> turns.missed(key));
      }
    }

    private void take(String key, PageReport report) {
      reports.merge(key, report, PageReport::orBetter);
      keysById.put(report.id(), key);
      turns.found(key);
    }

    private @Nullable JsonNode get(String path) {
      callsLeft--;
      return switch (calls.make(rest.get(path), EACH)) {
        case Reply.NotSent notSent -> failed(notSent.reason().name(), notSent.detail());
        case Reply.Lost lost -> failed(lost.reason().name(), lost.detail());
        case Reply.Answered answered when answered.status() == Status.TAKEN -> json(answered);
        case Reply.Answered answered -> refused(answered);
      };
    }

    private @Nullable JsonNode json(Reply.Answered answered) {
      JsonNode answer = answered.json();
      return answer.path("incidents").isArray()
          ? answer
          : failed("NOT_READABLE", "the answer is no list of incidents, or too long");
    }

    private @Nullable JsonNode refused(Reply.Answered answered) {
      String detail =
          answered.status() == Status.UNAUTHORIZED
              ? "tocsin.pagerduty.api-token (TOCSIN_PAGERDUTY_API_TOKEN) is refused: "
              : "";
      Duration pause = answered.retryAfter(clock.instant());
      fault =
          new Fault(
              Integer.toString(answered.code()),
              detail + answered.shown(),
              pause == null ? Duration.ZERO : pause);
      return null;
    }

    private @Nullable JsonNode failed(String kind, String detail) {
      fault = new Fault(kind, detail, Duration.ZERO);
      return null;
    }
  }

  private static List<PageReport> read(JsonNode answer) {
    return answer
        .path("incidents")
        .valueStream()
        .map(PageReport::read)
        .flatMap(Optional::stream)
        .toList();
  }
}
