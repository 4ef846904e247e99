// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.stub;

import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.receiver.FakeReceiver;
import dev.tocsin.testkit.receiver.Request;
import dev.tocsin.testkit.webhook.WebhookVerifier;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An endpoint of signed webhooks that keeps nothing itself. As Standard Webhooks asks of it, it
 * refuses what was not signed within five minutes of its own clock.
 */
final class Subscriber extends FakeReceiver {

  private final List<String> secrets = new CopyOnWriteArrayList<>();

  private Subscriber(InstantSource clock) {
    super(clock);
  }

  static Subscriber start(InstantSource clock) {
    Subscriber subscriber = new Subscriber(clock);
    subscriber.listen(0);
    return subscriber;
  }

  void trust(String secret) {
    secrets.add(secret);
  }

  /** Whether a secret it trusts signed the request, whenever that was. */
  boolean isSigned(Request request) {
    return secrets.stream().anyMatch(s -> WebhookVerifier.signed(s, request));
  }

  @Override
  protected Answer answer(Request request) {
    boolean verified =
        secrets.stream().anyMatch(s -> WebhookVerifier.verifies(s, request, request.at()));
    return Answer.empty(verified ? 204 : 401);
  }
}
