// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.stub;

import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.receiver.FakeReceiver;
import dev.tocsin.testkit.receiver.Request;
import dev.tocsin.testkit.webhook.WebhookVerifier;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An endpoint of signed webhooks that keeps nothing itself. */
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

  boolean verifies(Request request) {
    return secrets.stream().anyMatch(s -> WebhookVerifier.verifies(s, request, request.at()));
  }

  @Override
  protected Answer answer(Request request) {
    return Answer.empty(204);
  }
}
