// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tocsin.proof.history.Entry;
import dev.tocsin.proof.oracle.BusiestMinute;
import dev.tocsin.proof.oracle.Check;
import dev.tocsin.proof.oracle.Finding;
import dev.tocsin.proof.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of a run, in figures.
 *
 * @param command as it can be repeated
 * @param faults landed, by kind
 * @param pagePosts triggers that PagerDuty took, repeats included
 * @param slackCalls writing calls to Slack, taken or not
 * @param misdeeds calls that went wrong at a receiver, by kind
 * @param acceptedToPage by what came in between
 * @param pageUnderKill accepted to page where one kill and nothing else came in between, by role
 * @param restarts by role, from the kill until it says that it is ready, with nothing else at fault
 *     meanwhile
 * @param restartsBesideFaults the same, with something else at fault
 * @param recoveries by role, from the kill to the first page for an alert that was sent after it
 * @param answered how long an accepted alert waited for its answer
 * @param answeredWhileAway the same, of those that came while Kafka was away
 * @param drainMillis from Kafka's return until its topic had all that was accepted without it; -1
 *     when it was never away
 * @param busiestMinute the most calls that PagerDuty saw in a minute
 * @param upperBoundPercent of losses or doublings per kill, at 95 %, by the rule of three; 100 when
 *     there were any
 */
public record Report(
    String command,
    Instant at,
    long seconds,
    Schedule schedule,
    Map<String, Long> faults,
    long kills,
    long incidents,
    long resolutions,
    long pages,
    long pagePosts,
    long tickets,
    long ticketPosts,
    long slackPosts,
    long slackEdits,
    long slackReplies,
    long slackCalls,
    long deliveries,
    long deliveryPosts,
    Map<String, Long> misdeeds,
    Map<String, Spread> restarts,
    Map<String, Spread> restartsBesideFaults,
    Map<String, Spread> recoveries,
    Spread answered,
    Spread answeredWhileAway,
    long drainMillis,
    int busiestMinute,
    Map<String, Spread> acceptedToPage,
    Map<String, Spread> pageUnderKill,
    long lost,
    long doubled,
    long other,
    double upperBoundPercent,
    List<Finding> findings) {

  public static Report of(
      String command, Schedule schedule, List<Entry> history, List<Finding> findings) {
    Times times = new Times(history);
    List<Entry.Struck> faults =
        times.all(Entry.Struck.class).stream().filter(Entry.Struck::landed).toList();
    long kills = faults.stream().filter(Entry.Struck::isKill).count();
    List<Entry.Paged> triggers =
        times.all(Entry.Paged.class).stream().filter(p -> p.taken() && p.isTrigger()).toList();
    List<Entry.Ticketed> tickets =
        times.all(Entry.Ticketed.class).stream()
            .filter(t -> t.taken() && t.change().equals("create"))
            .toList();
    List<Entry.Heard> heard =
        times.all(Entry.Heard.class).stream().filter(Entry.Heard::taken).toList();
    List<Times.Way> ways = times.ways();
    Map<String, List<Long>> recoveries = new TreeMap<>();
    times
        .recoveries()
        .forEach(r -> recoveries.computeIfAbsent(r.role(), x -> new ArrayList<>()).add(r.millis()));
    return new Report(
        command,
        history.isEmpty() ? Instant.EPOCH : history.getFirst().at(),
        history.isEmpty()
            ? 0
            : Duration.between(history.getFirst().at(), lastSeen(times, history)).toSeconds(),
        schedule,
        faults.stream()
            .collect(
                Collectors.groupingBy(Entry.Struck::kind, TreeMap::new, Collectors.counting())),
        kills,
        accepted(times, true),
        accepted(times, false),
        triggers.stream().map(Entry.Paged::dedupKey).distinct().count(),
        triggers.size(),
        tickets.size(),
        times.all(Entry.Ticketed.class).stream().filter(t -> t.change().equals("create")).count(),
        slack(times, "post"),
        slack(times, "edit"),
        slack(times, "reply"),
        times.all(Entry.Posted.class).size(),
        heard.stream().map(h -> h.receiver() + h.webhookId()).distinct().count(),
        heard.size(),
        times.all(Entry.Call.class).stream()
            .filter(call -> !call.fault().equals("None"))
            .collect(Collectors.groupingBy(Entry.Call::fault, TreeMap::new, Collectors.counting())),
        spreads(times.restarts(true)),
        spreads(times.restarts(false)),
        spreads(recoveries),
        Spread.of(times.answers(_ -> true)),
        Spread.of(times.answers(times::isWithoutKafka)),
        times.drainMillis(),
        BusiestMinute.of(
            times.all(Entry.Paged.class).stream()
                .filter(Entry.Paged::isAtFirst)
                .sorted(Comparator.comparing(Entry.Paged::at))
                .toList()),
        acceptedToPage(ways),
        pageUnderKill(ways),
        count(findings, Check.Kind.LOST),
        count(findings, Check.Kind.DOUBLED),
        count(findings, Check.Kind.OTHER),
        findings.isEmpty() && kills > 3 ? 300.0 / kills : 100.0,
        findings);
  }

  @JsonProperty
  public boolean isClean() {
    return findings.isEmpty();
  }

  private static Map<String, Spread> acceptedToPage(List<Times.Way> ways) {
    Map<String, Spread> spreads = new LinkedHashMap<>();
    for (Meanwhile meanwhile : Meanwhile.values()) {
      spreads.put(
          meanwhile.label(),
          Spread.of(
              ways.stream()
                  .filter(way -> way.meanwhile() == meanwhile)
                  .map(Times.Way::millis)
                  .toList()));
    }
    return spreads;
  }

  private static Map<String, Spread> pageUnderKill(List<Times.Way> ways) {
    return spreads(
        ways.stream()
            .filter(way -> way.meanwhile() == Meanwhile.KILL)
            .collect(
                Collectors.groupingBy(
                    way -> way.faults().getFirst().target(),
                    Collectors.mapping(Times.Way::millis, Collectors.toList()))));
  }

  private static long slack(Times times, String change) {
    return times.all(Entry.Posted.class).stream()
        .filter(call -> call.taken() && call.change().equals(change))
        .count();
  }

  private static Instant lastSeen(Times times, List<Entry> history) {
    List<Entry.Accounted> accounted = times.all(Entry.Accounted.class);
    return accounted.isEmpty() ? history.getLast().at() : accounted.getLast().at();
  }

  private static long accepted(Times times, boolean firing) {
    return times.all(Entry.Sent.class).stream()
        .filter(sent -> sent.firing() == firing && sent.isAccepted())
        .map(Entry.Sent::service)
        .distinct()
        .count();
  }

  private static Map<String, Spread> spreads(Map<String, List<Long>> millis) {
    Map<String, Spread> spreads = new TreeMap<>();
    millis.forEach((role, all) -> spreads.put(role, Spread.of(all)));
    return spreads;
  }

  private static long count(List<Finding> findings, Check.Kind kind) {
    return findings.stream().filter(finding -> finding.check().kind() == kind).count();
  }
}
