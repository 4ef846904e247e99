// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import dev.tocsin.testkit.jira.FakeJira;
import dev.tocsin.testkit.jira.JiraIssue;
import dev.tocsin.testkit.pagerduty.FakePagerDuty;
import dev.tocsin.testkit.pagerduty.PagerDutyIncident;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds what was accepted against what PagerDuty and Jira have: it believes nothing the program
 * says of itself.
 */
final class Oracle {

  private final FakePagerDuty pagerDuty;
  private final FakeJira jira;

  Oracle(FakePagerDuty pagerDuty, FakeJira jira) {
    this.pagerDuty = pagerDuty;
    this.jira = jira;
  }

  List<String> lost(Set<Integer> fired) {
    Map<String, Long> pages = pagesByService();
    Map<String, Long> tickets = ticketsByService();
    List<String> lost = new ArrayList<>();
    for (int incident : fired) {
      String service = Traffic.service(incident);
      if (!pages.containsKey(service)) {
        lost.add("no page for " + service);
      }
      if (!tickets.containsKey(service)) {
        lost.add("no ticket for " + service);
      }
    }
    return lost;
  }

  List<String> doubled() {
    List<String> doubled = new ArrayList<>();
    pagesByService()
        .forEach((service, count) -> report(doubled, "PagerDuty incidents", service, count));
    ticketsByService().forEach((service, count) -> report(doubled, "tickets", service, count));
    return doubled;
  }

  List<String> leftOpen(Set<Integer> resolved) {
    Set<String> over = resolved.stream().map(Traffic::service).collect(Collectors.toSet());
    List<String> open = new ArrayList<>();
    pagerDuty.openIncidents().stream()
        .map(Oracle::service)
        .filter(over::contains)
        .forEach(service -> open.add("PagerDuty incident of " + service));
    jira.issues().stream()
        .filter(issue -> !issue.isDone() && over.contains(service(issue)))
        .forEach(issue -> open.add("ticket %s of %s".formatted(issue.key(), service(issue))));
    return open;
  }

  int pagesSent() {
    return (int)
        pagerDuty.requests().stream().filter(r -> r.text().contains("\"trigger\"")).count();
  }

  private Map<String, Long> pagesByService() {
    return pagerDuty.incidents().stream()
        .collect(Collectors.groupingBy(Oracle::service, Collectors.counting()));
  }

  private Map<String, Long> ticketsByService() {
    return jira.issues().stream()
        .collect(Collectors.groupingBy(Oracle::service, Collectors.counting()));
  }

  private static void report(List<String> doubled, String what, String service, long count) {
    if (count > 1) {
      doubled.add("%d %s for %s".formatted(count, what, service));
    }
  }

  private static String service(PagerDutyIncident incident) {
    return firstService(incident.event().toString());
  }

  private static String service(JiraIssue issue) {
    return firstService(issue.fields().toString());
  }

  private static String firstService(String text) {
    java.util.regex.Matcher found = java.util.regex.Pattern.compile("proof-\\d+").matcher(text);
    return found.find() ? found.group() : "unknown: " + text;
  }
}
