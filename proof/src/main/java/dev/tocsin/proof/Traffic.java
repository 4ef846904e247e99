// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * A sender that behaves like Alertmanager: what was not answered 2xx is sent again, unchanged,
 * until it is. Every alert is an incident of its own; every second one resolves a little later.
 */
final class Traffic implements Runnable {

  private static final int RESOLVE_AFTER = 10;

  private record Message(int incident, boolean firing, Instant startsAt) {}

  private final Program program;
  private final String token;
  private final Duration between;
  private final InstantSource clock;
  private final Deque<Message> unanswered = new ArrayDeque<>();
  private final Set<Integer> fired = new ConcurrentSkipListSet<>();
  private final Set<Integer> resolved = new ConcurrentSkipListSet<>();
  private volatile boolean enough;
  private int next;

  Traffic(Program program, String token, int perSecond, InstantSource clock) {
    this.program = program;
    this.token = token;
    this.between = Duration.ofSeconds(1).dividedBy(perSecond);
    this.clock = clock;
  }

  /** Incidents whose alert was accepted. */
  Set<Integer> fired() {
    return Set.copyOf(fired);
  }

  /** Incidents whose resolution was accepted. */
  Set<Integer> resolved() {
    return Set.copyOf(resolved);
  }

  /** No new alerts; those that were not accepted yet still are to be. */
  void enough() {
    enough = true;
  }

  static String service(int incident) {
    return "proof-" + incident;
  }

  @Override
  public void run() {
    while (!enough || !unanswered.isEmpty()) {
      if (!enough) {
        unanswered.add(new Message(next, true, clock.instant()));
        if (next >= RESOLVE_AFTER && next % 2 == 0) {
          unanswered.add(new Message(next - RESOLVE_AFTER, false, clock.instant()));
        }
        next++;
      }
      int tries = unanswered.size();
      for (int i = 0; i < tries; i++) {
        Message message = unanswered.remove();
        if (isAccepted(message)) {
          (message.firing() ? fired : resolved).add(message.incident());
        } else {
          // The rest waits behind it, so that a resolution never overtakes its alert.
          unanswered.addFirst(message);
          break;
        }
      }
      Program.pause(between);
    }
  }

  private boolean isAccepted(Message message) {
    HttpRequest request =
        HttpRequest.newBuilder(program.ingest().resolve("/v1/alerts/grafana"))
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(message)))
            .build();
    try {
      return program.send(request).statusCode() == 202;
    } catch (IOException e) {
      return false;
    }
  }

  private static String body(Message message) {
    String service = service(message.incident());
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
