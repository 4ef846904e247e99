// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.webhook;

import dev.tocsin.notifier.channel.Channel;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.channel.call.Call;
import dev.tocsin.notifier.channel.call.CallLimits;
import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.endpoint.EndpointPolicy;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.signature.StandardWebhooks;
import dev.tocsin.schemas.signature.SubscriptionSecret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Sends events to subscribers, signed as Standard Webhooks. The {@code webhook-id} is the
 * notification's id on every attempt, so a subscriber can drop a repeat.
 */
public final class WebhookChannel implements Channel {

  public static final CallLimits LIMITS =
      new CallLimits(Duration.ofSeconds(3), Duration.ofSeconds(15), 16 << 10);

  private static final int CONCURRENCY = 4;
  private static final Duration LEASE = Duration.ofSeconds(40);

  /** The example of Standard Webhooks: 75 hours in all. */
  private static final List<Duration> SCHEDULE =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  private final Function<String, Optional<Setting.Subscription>> subscriptions;
  private final byte[] signingKey;
  private final EndpointPolicy endpoints;
  private final HttpCalls calls;
  private final InstantSource clock;

  /**
   * @param subscriptions by id, as they are now
   * @param signingKey the installation's: every subscription's secret is derived from it
   * @param calls guarded by the same addresses as {@code endpoints}
   */
  public WebhookChannel(
      Function<String, Optional<Setting.Subscription>> subscriptions,
      byte[] signingKey,
      EndpointPolicy endpoints,
      HttpCalls calls,
      InstantSource clock) {
    this.subscriptions = subscriptions;
    this.signingKey = signingKey.clone();
    this.endpoints = endpoints;
    this.calls = calls;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public LaneProfile profile() {
    return new LaneProfile(CONCURRENCY, 0, LEASE, SCHEDULE, LaneProfile.AfterUnknown.REPEAT);
  }

  @Override
  public Outcome send(Attempt attempt) {
    Notification notification = attempt.notification();
    if (!(notification.content() instanceof Content.Event event)) {
      return new Outcome.GiveUp(
          Reason.BAD_REQUEST, "a subscriber takes events, not a " + notification.content().kind());
    }
    String id = notification.endpoint().substring(notification.endpoint().indexOf('/') + 1);
    Setting.Subscription subscription = subscriptions.apply(id).orElse(null);
    if (subscription == null || !subscription.active()) {
      return new Outcome.GiveUp(Reason.NO_ENDPOINT, "no active subscription " + id);
    }
    // The rules may have become stricter since it was registered.
    List<String> faults = endpoints.faults(subscription.url());
    if (!faults.isEmpty()) {
      return new Outcome.GiveUp(Reason.FORBIDDEN_ADDRESS, String.join("; ", faults));
    }
    return switch (calls.make(call(subscription, notification.id(), event))) {
      case Reply.NotSent notSent -> notSent.outcome();
      case Reply.Lost lost -> lost.outcome();
      case Reply.Answered answered -> outcome(answered);
    };
  }

  /** Never asked, since a repeat is dropped by its id; answers as one that cannot tell. */
  @Override
  public Outcome probe(Attempt attempt) {
    return new Outcome.TryAgain(Reason.NOT_FOUND, "a subscriber is not probed: repeat", null);
  }

  private Call call(Setting.Subscription subscription, String id, Content.Event event) {
    byte[] body = event.body().getBytes(StandardCharsets.UTF_8);
    Instant now = clock.instant();
    return Call.post(
        URI.create(subscription.url()),
        Map.of(
            "Content-Type",
            "application/cloudevents+json; charset=UTF-8",
            StandardWebhooks.ID,
            id,
            StandardWebhooks.TIMESTAMP,
            String.valueOf(now.getEpochSecond()),
            StandardWebhooks.SIGNATURE,
            StandardWebhooks.sign(secrets(subscription), id, now, body)),
        body);
  }

  /** The secret in force and the one before it, so that a subscriber may change over in peace. */
  private List<byte[]> secrets(Setting.Subscription subscription) {
    int version = subscription.secretVersion();
    return Stream.of(version, version - 1)
        .filter(v -> v == version || v >= 1)
        .map(v -> SubscriptionSecret.derive(signingKey, subscription.id(), v))
        .toList();
  }

  /** Only a subscriber that is gone is given up: all else may be a deployment under way. */
  private Outcome outcome(Reply.Answered answered) {
    Instant now = clock.instant();
    return switch (answered.status()) {
      case TAKEN -> new Outcome.Delivered(String.valueOf(answered.code()));
      case GONE -> answered.giveUp(Reason.GONE);
      case NOT_NOW -> answered.tryAgain(Reason.RATE_LIMITED, now);
      case UNAVAILABLE, BROKEN -> answered.tryAgain(Reason.SERVER_ERROR, now);
      case REDIRECTED -> answered.tryAgain(Reason.REDIRECTED, now);
      case UNAUTHORIZED -> answered.tryAgain(Reason.UNAUTHORIZED, now);
      case NOT_FOUND -> answered.tryAgain(Reason.NOT_FOUND, now);
      case CONFLICT, REFUSED -> answered.tryAgain(Reason.BAD_REQUEST, now);
    };
  }
}
