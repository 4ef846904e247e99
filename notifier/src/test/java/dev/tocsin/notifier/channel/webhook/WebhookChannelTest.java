// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.Channel;
import dev.tocsin.notifier.channel.ChannelContract;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.channel.Made;
import dev.tocsin.notifier.channel.call.CallLimits;
import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.schemas.attempt.Exchange;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.endpoint.AddressPolicy;
import dev.tocsin.schemas.endpoint.EndpointPolicy;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.signature.SubscriptionSecret;
import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.receiver.FakeReceiver;
import dev.tocsin.testkit.receiver.Request;
import dev.tocsin.testkit.webhook.FakeWebhookReceiver;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookChannelTest extends ChannelContract {

  private static final byte[] SIGNING_KEY = new byte[32];
  private static final InstantSource CLOCK = InstantSource.fixed(AT);
  private static final AddressPolicy LOOPBACK = AddressPolicy.allowing(List.of("127.0.0.0/8"));
  private static final Content.Event EVENT =
      new Content.Event(
          "evt_1",
          "dev.tocsin.incident.opened",
          "{\"specversion\":\"1.0\",\"type\":\"dev.tocsin.incident.opened\",\"n\":\"ü\"}");

  private FakeWebhookReceiver receiver;

  @Override
  protected FakeReceiver startReceiver() {
    receiver = FakeWebhookReceiver.start(0, CLOCK);
    receiver.trust(secret(3));
    return receiver;
  }

  @Override
  protected HttpCalls calls(CallLimits limits) {
    return HttpCalls.guarded(limits, LOOPBACK);
  }

  @Override
  protected Channel channelTo(URI uri, HttpCalls calls) {
    return channel(uri + "/hooks/a", true, calls, LOOPBACK);
  }

  @Override
  protected Content content() {
    return EVENT;
  }

  @Override
  protected int effects() {
    return receiver.events().size();
  }

  @Override
  protected String idempotencyKey(Request request) {
    return String.valueOf(request.header("webhook-id"));
  }

  @Override
  protected Class<? extends Outcome> onServerError() {
    return Outcome.TryAgain.class;
  }

  @Override
  protected Class<? extends Outcome> onBadRequest() {
    return Outcome.TryAgain.class;
  }

  @Test
  void event_isSignedAndSentAsItStands() {
    assertThat(channel().send(attempt(1, EVENT))).isEqualTo(new Outcome.Delivered("204"));
    Request request = receiver.requests().getFirst();
    assertThat(request.path()).isEqualTo("/hooks/a");
    assertThat(request.text()).isEqualTo(EVENT.body());
    assertThat(request.header("content-type"))
        .isEqualTo("application/cloudevents+json; charset=UTF-8");
    assertThat(request.header("webhook-id")).isEqualTo("dlv_1");
    assertThat(receiver.events().getFirst().verified()).isTrue();
  }

  @Test
  void subscriberThatKnowsOnlyTheSecretBefore_stillVerifies() {
    try (FakeWebhookReceiver behind = FakeWebhookReceiver.start(0, CLOCK)) {
      behind.trust(secret(2));
      Channel channel = channel(behind.uri().toString(), true, calls(), LOOPBACK);
      assertThat(channel.send(attempt(1, EVENT))).isInstanceOf(Outcome.Delivered.class);
    }
  }

  @Test
  void overlapThatIsOver_isSignedWithTheNewSecretAlone() {
    try (FakeWebhookReceiver behind = FakeWebhookReceiver.start(0, CLOCK)) {
      behind.trust(secret(2));
      Setting.Subscription changedOver =
          new Setting.Subscription(
              "default", behind.uri().toString(), List.of("*"), null, 3, true, "admin", AT, AT);
      Channel channel = channel(changedOver, null, calls(), LOOPBACK);
      assertThat(channel.send(attempt(1, EVENT))).isNotInstanceOf(Outcome.Delivered.class);
      assertThat(behind.requests().getFirst().header("webhook-signature")).doesNotContain(" ");
    }
  }

  @Test
  void attempt_showsWhatWentOverTheWire_withoutSecrets() {
    receiver.failNext(
        1, Answer.json(500, Map.of("error", "no", "apiToken", "hunter2", "was", secret(3))));
    Made made = channel().make(attempt(1, EVENT));
    assertThat(made.outcome().toString()).contains("error").doesNotContain("hunter2", "whsec_");
    Exchange exchange = made.exchange();
    assertThat(exchange.status()).isEqualTo(500);
    assertThat(exchange.url()).isEqualTo(receiver.uri() + "/hooks/a");
    assertThat(exchange.headers()).containsEntry("webhook-id", "dlv_1");
    assertThat(exchange.headers().get("webhook-signature")).startsWith("v1,");
    assertThat(exchange.answer())
        .contains("\"error\":\"no\"", "apiToken")
        .doesNotContain("hunter2", "whsec_");
  }

  @Test
  void disabledSubscription_isNotCalled_andKeepsItsSchedule() {
    Setting.Subscription subscription =
        new Setting.Subscription(
            "default", receiver.uri().toString(), List.of("*"), null, 1, true, "admin", AT);
    Channel off =
        channel(
            subscription, new Setting.Disabled("default", "ann", "moving", AT), calls(), LOOPBACK);
    assertThat(off.holds("webhook/default")).contains("disabled by ann", "moving");
    assertThat(off.send(attempt(1, EVENT)))
        .isInstanceOfSatisfying(
            Outcome.TryAgain.class, o -> assertThat(o.reason()).isEqualTo(Reason.NOT_STARTED));
    assertThat(receiver.requests()).isEmpty();
  }

  @Test
  void gone_isGivenUp() {
    receiver.failNext(1, 410, Map.of());
    assertThat(channel().send(attempt(1, EVENT)))
        .isInstanceOfSatisfying(
            Outcome.GiveUp.class, up -> assertThat(up.reason()).isEqualTo(Reason.GONE));
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 504, 500, 599})
  void serverErrors_areTriedAgain(int status) {
    receiver.failNext(1, status, Map.of("Retry-After", "60"));
    assertThat(channel().send(attempt(1, EVENT)))
        .isInstanceOfSatisfying(
            Outcome.TryAgain.class, again -> assertThat(again.after()).hasSeconds(60));
  }

  @Test
  void endedSubscription_isNoEndpoint() {
    Channel ended = channel(receiver.uri().toString(), false, calls(), LOOPBACK);
    assertThat(ended.send(attempt(1, EVENT)))
        .isInstanceOfSatisfying(
            Outcome.GiveUp.class, up -> assertThat(up.reason()).isEqualTo(Reason.NO_ENDPOINT));
  }

  @Test
  void loopbackThatNobodyAllowed_isRefusedByTheUrl() {
    Channel strict = channel(receiver.uri().toString(), true, calls(), AddressPolicy.PUBLIC);
    assertForbidden(strict.send(attempt(1, EVENT)));
  }

  @Test
  void nameThatResolvesToLoopback_isRefusedAtConnect() {
    try (HttpCalls strict = HttpCalls.guarded(WebhookChannel.LIMITS, AddressPolicy.PUBLIC)) {
      // The URL's rule lets the name through since a network is allowed; the connect does not.
      String url = "http://localhost:" + receiver.uri().getPort() + "/";
      assertForbidden(channel(url, true, strict, LOOPBACK).send(attempt(1, EVENT)));
    }
  }

  @Test
  void profile_triesTwiceWithinAMinuteAndForThreeDays() {
    List<Duration> waits = channel().profile().schedule();
    assertThat(waits).isSorted();
    assertThat(waits.get(0).plus(waits.get(1))).isLessThan(Duration.ofMinutes(1));
    assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofHours(72), Duration.ofHours(76));
  }

  @Test
  void profile_repeatsWhatMayHaveArrived() {
    assertThat(channel().profile().afterUnknown()).isEqualTo(LaneProfile.AfterUnknown.REPEAT);
  }

  private void assertForbidden(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.GiveUp.class,
            up -> assertThat(up.reason()).isEqualTo(Reason.FORBIDDEN_ADDRESS));
    assertThat(receiver.requests()).isEmpty();
  }

  private static Channel channel(
      String url, boolean active, HttpCalls calls, AddressPolicy addresses) {
    Setting.Subscription subscription =
        new Setting.Subscription(
            "default", url, List.of("*"), null, 3, active, "admin", AT, AT.plusSeconds(1));
    return channel(subscription, null, calls, addresses);
  }

  private static Channel channel(
      Setting.Subscription subscription,
      Setting.Disabled disabled,
      HttpCalls calls,
      AddressPolicy addresses) {
    Subscribers subscribers =
        new Subscribers() {
          @Override
          public Setting.Subscription find(String id) {
            return subscription.id().equals(id) ? subscription : null;
          }

          @Override
          public Setting.Disabled disabled(String id) {
            return disabled;
          }
        };
    return new WebhookChannel(
        subscribers, SIGNING_KEY, new EndpointPolicy(addresses), calls, CLOCK, null);
  }

  private static String secret(int version) {
    return SubscriptionSecret.text(SubscriptionSecret.derive(SIGNING_KEY, "default", version));
  }
}
