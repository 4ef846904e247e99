// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

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
  private static final int MOST_IDS = 20_000;
  private static final int MOST_PAGES = 10;
  static final String TOKEN = "tocsin.pagerduty.api-token (TOCSIN_PAGERDUTY_API_TOKEN)";
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
   * @param others by dedup key: open pages of ours that were not asked for
   */
  record Findings(
      Map<String, PageReport> reports, Map<String, PageReport> others, @Nullable Fault fault) {}

  /** How far the list of what is open is read. */
  enum Reading {
    UNTIL_ALL_ARE_FOUND,
    TO_ITS_END
  }

  private final PagerDutyRest rest;
  private final HttpCalls calls;
  private final InstantSource clock;
  private final Turns turns = new Turns();

  /** Our keys by PagerDuty's ids, for incidents that do not show their key. */
  private final Map<String, String> keysById = Recent.map(MOST_IDS);

  PagerDutyPoll(PagerDutyRest rest, HttpCalls calls, InstantSource clock) {
    this.rest = rest;
    this.calls = calls;
    this.clock = clock;
  }

  Findings ask(Set<String> keys) {
    return ask(keys, Reading.UNTIL_ALL_ARE_FOUND);
  }

  Findings ask(Set<String> keys, Reading reading) {
    turns.begin(keys);
    Round round = new Round(keys, reading);
    round.list();
    round.lookUp();
    return new Findings(round.reports, round.others, round.fault);
  }

  /** One round of asking. It ends with the first fault. */
  private final class Round {

    private final Set<String> keys;
    private final Reading reading;
    private final Map<String, PageReport> reports = new HashMap<>();
    private final Map<String, PageReport> others = new HashMap<>();
    private int callsLeft = MOST_CALLS;
    private @Nullable Fault fault;

    Round(Set<String> keys, Reading reading) {
      this.keys = keys;
      this.reading = reading;
    }

    void list() {
      boolean more = true;
      for (int page = 0; more && page < MOST_PAGES; page++) {
        JsonNode answer = get(OPEN + "&offset=" + page * PAGE);
        if (answer == null) {
          return;
        }
        read(answer).forEach(this::listed);
        more =
            answer.path("more").asBoolean(false)
                && (reading == Reading.TO_ITS_END || reports.size() < keys.size());
      }
    }

    private void listed(PageReport report) {
      String key = report.dedupKey() == null ? keysById.get(report.id()) : report.dedupKey();
      if (key != null && keys.contains(key)) {
        take(key, report);
      } else if (key != null && Mark.isOurs(key)) {
        others.put(key, report);
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
      Reply reply = calls.make(rest.get(path), EACH);
      if (reply instanceof Reply.Answered answered && answered.status() == Status.TAKEN) {
        JsonNode answer = answered.json();
        if (answer.path("incidents").isArray()) {
          return answer;
        }
        fault = new Fault("NOT_READABLE", "the answer is no list of incidents, or too long");
        return null;
      }
      fault = Fault.of(reply, TOKEN, clock.instant());
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
