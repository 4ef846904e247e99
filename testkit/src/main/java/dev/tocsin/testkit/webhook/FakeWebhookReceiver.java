// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.webhook;

import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.receiver.FakeReceiver;
import dev.tocsin.testkit.receiver.Request;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Plays a subscriber. It takes POSTs on any path, checks the signature once it has been given a
 * secret, and drops repeats of a {@code webhook-id} as a good subscriber does.
 */
public final class FakeWebhookReceiver extends FakeReceiver {

  /**
   * An event as it was received, a repeat included.
   *
   * @param verified whether a trusted secret signed it
   */
  public record Received(
      String path, String webhookId, boolean verified, Instant at, JsonNode event) {

    public String type() {
      return event.path("type").asString("");
    }
  }

  private final List<String> secrets = new ArrayList<>();
  private final List<Received> received = new ArrayList<>();
  private int status = 204;

  private FakeWebhookReceiver(InstantSource clock) {
    super(clock);
  }

  public static FakeWebhookReceiver start() {
    return start(0);
  }

  public static FakeWebhookReceiver start(int port) {
    return start(port, InstantSource.system());
  }

  public static FakeWebhookReceiver start(int port, InstantSource clock) {
    FakeWebhookReceiver fake = new FakeWebhookReceiver(clock);
    fake.listen(port);
    return fake;
  }

  /** From now on one of the trusted secrets ({@code whsec_...}) must have signed: else 401. */
  public synchronized void trust(String secret) {
    secrets.add(secret);
  }

  /** What it answers to an event it takes. */
  public synchronized void answerWith(int status) {
    this.status = status;
  }

  /** Everything that was taken, repeats included. */
  public synchronized List<Received> received() {
    return List.copyOf(received);
  }

  /** What a subscriber acts on: the first of each {@code webhook-id}, in order. */
  public synchronized List<Received> events() {
    Map<String, Received> first = new LinkedHashMap<>();
    received.forEach(r -> first.putIfAbsent(r.webhookId(), r));
    return List.copyOf(first.values());
  }

  public synchronized long timesReceived(String webhookId) {
    return received.stream().filter(r -> r.webhookId().equals(webhookId)).count();
  }

  @Override
  protected synchronized Answer answer(Request request) {
    if (!request.method().equals("POST")) {
      return Answer.empty(405);
    }
    boolean verified =
        secrets.stream().anyMatch(s -> WebhookVerifier.verifies(s, request, clock.instant()));
    if (!verified && !secrets.isEmpty()) {
      return Answer.json(401, Map.of("message", "signature does not match"));
    }
    String id = request.header("webhook-id");
    if (id == null) {
      return Answer.json(400, Map.of("message", "webhook-id is missing"));
    }
    received.add(new Received(request.path(), id, verified, request.at(), request.json()));
    return Answer.empty(status);
  }
}
