// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import dev.tocsin.proof.history.Entry;
import dev.tocsin.proof.history.History;
import dev.tocsin.proof.process.Waiting;
import dev.tocsin.proof.process.Web;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A sender that behaves like Alertmanager: what was not answered 2xx is sent again, unchanged,
 * until it is. Every alert is an incident of its own; every second one resolves a little later, and
 * every fifth is sent twice, as two replicas of a sender do.
 */
final class Traffic implements Runnable {

  private static final int RESOLVE_AFTER = 10;
  private static final int TWICE = 5;
  private static final Duration CATCHES_UP = Duration.ofSeconds(2);
  private static final Duration RETRY = Duration.ofMillis(250);

  private record Message(int incident, boolean firing, Instant startsAt) {}

  private final Web web = new Web();
  private final URI alerts;
  private final String token;
  private final Duration between;
  private final InstantSource clock;
  private final History history;
  private final Deque<Message> unanswered = new ArrayDeque<>();
  private volatile boolean enough;
  private volatile boolean hopeless;
  private int next;

  Traffic(URI ingest, String token, int perSecond, InstantSource clock, History history) {
    this.alerts = ingest.resolve("/v1/alerts/grafana");
    this.token = token;
    this.between = Duration.ofSeconds(1).dividedBy(perSecond);
    this.clock = clock;
    this.history = history;
  }

  /** No new alerts; those that were not accepted yet still are to be. */
  void enough() {
    enough = true;
  }

  /** Nothing more at all. */
  void giveUp() {
    enough = true;
    hopeless = true;
  }

  @Override
  public void run() {
    long due = System.nanoTime();
    while (!hopeless && !(enough && unanswered.isEmpty())) {
      if (!enough) {
        add();
      }
      if (sendAll()) {
        // Who was held up a little catches up; what a long refusal held up is not made up for.
        due = Math.max(due, System.nanoTime() - CATCHES_UP.toNanos()) + between.toNanos();
        Waiting.pause(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
      } else {
        Waiting.pause(RETRY);
      }
    }
  }

  private void add() {
    Message fresh = new Message(next, true, clock.instant());
    unanswered.add(fresh);
    if (next % TWICE == 0) {
      unanswered.add(fresh);
    }
    if (next >= RESOLVE_AFTER && next % 2 == 0) {
      unanswered.add(new Message(next - RESOLVE_AFTER, false, clock.instant()));
    }
    next++;
  }

  /** The rest waits behind one that is not accepted: a resolution never overtakes its alert. */
  private boolean sendAll() {
    while (!hopeless && !unanswered.isEmpty()) {
      if (!isAccepted(unanswered.element())) {
        return false;
      }
      unanswered.remove();
    }
    return true;
  }

  private boolean isAccepted(Message message) {
    Instant at = clock.instant();
    int status;
    try {
      status = web.post(alerts, token, body(message)).statusCode();
    } catch (IOException e) {
      status = 0;
    }
    Entry.Sent sent =
        new Entry.Sent(at, clock.instant(), service(message), message.firing(), status);
    history.add(sent);
    return sent.isAccepted();
  }

  private static String service(Message message) {
    return "proof-" + message.incident();
  }

  private static String body(Message message) {
    String service = service(message);
    String status = message.firing() ? "firing" : "resolved";
    return """
        {"receiver":"proof","status":"%1$s","orgId":1,"version":"1","groupKey":"{}:{service=%2$s}","truncatedAlerts":0,
         "alerts":[{"status":"%1$s","labels":{"alertname":"ProofAlert","service":"%2$s","severity":"critical"},
           "annotations":{"summary":"%2$s does not answer"},"startsAt":"%3$s","endsAt":"0001-01-01T00:00:00Z",
           "fingerprint":"%4$016x","values":null,"generatorURL":"","silenceURL":"","dashboardURL":"","panelURL":""}]}
        """
        .formatted(status, service, message.startsAt(), message.incident());
  }
}
