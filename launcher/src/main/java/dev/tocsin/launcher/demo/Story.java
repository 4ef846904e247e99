// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Tells what happens as it happens: what the scenes do on the left, what the program makes of it
 * below.
 */
final class Story {

  private final PrintStream out;
  private final Visitor visitor;
  private final Instant start;
  private final Set<String> told = new HashSet<>();

  Story(PrintStream out, Visitor visitor, Instant start) {
    this.out = out;
    this.visitor = visitor;
    this.start = start;
  }

  void scene(Duration after, String who, String says) {
    out.printf("%n%7.1f s  %s: %s%n", after.toMillis() / 1000.0, who, says);
  }

  /** Prints what is new in the incidents' timelines. */
  void catchUp() throws InterruptedException {
    for (JsonNode incident : visitor.get("/v1/incidents").path("items")) {
      for (JsonNode entry :
          visitor.get("/v1/incidents/" + incident.path("id").asString()).path("timeline")) {
        String text = entry.path("text").asString();
        if (isWorthTelling(entry.path("kind").asString())
            && told.add(entry.path("at").asString() + text)) {
          double seconds =
              Duration.between(start, Instant.parse(entry.path("at").asString())).toMillis()
                  / 1000.0;
          out.printf("%7.1f s    %s%n", seconds, text.replace('\n', ' '));
        }
      }
    }
  }

  private static boolean isWorthTelling(String kind) {
    return !kind.equals("delivery.planned")
        && !kind.startsWith("step.")
        && !kind.startsWith("run.");
  }

  /** How it ended, as the vendors and the accounting see it; whether everything is explained. */
  boolean end(Sandbox sandbox) throws InterruptedException {
    JsonNode accounting = visitor.get("/v1/accounting");
    out.println();
    out.printf(
        "  PagerDuty   %d incident, %d of them resolved%n",
        sandbox.pagerDuty.incidents().size(),
        sandbox.pagerDuty.incidents().stream().filter(i -> !i.isOpen()).count());
    sandbox
        .jira
        .issues()
        .forEach(
            issue ->
                out.printf(
                    "  Jira        %s %s: %s%n", issue.key(), issue.status(), issue.summary()));
    sandbox
        .posts()
        .forEach(
            post ->
                out.printf(
                    "  Slack       %s, %d in its thread%n",
                    post.text(), sandbox.slack.replies(post.ts()).size()));
    out.printf(
        "  subscriber  %d events, all signatures right: %s%n",
        sandbox.subscriber.events().size(),
        sandbox.subscriber.received().stream().allMatch(r -> r.verified()));
    out.printf(
        "  accounting  %d alerts accepted, %d accounted for, %d unexplained: %s%n",
        accounting.path("accepted").asInt(),
        accounting.path("accounted").asInt(),
        accounting.path("unexplained").asInt(),
        accounting.path("outcomes"));
    return accounting.path("unexplained").asInt(-1) == 0;
  }
}
