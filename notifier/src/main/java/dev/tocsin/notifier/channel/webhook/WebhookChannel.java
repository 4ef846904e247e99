// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.webhook;

import dev.tocsin.notifier.channel.Channel;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.channel.LaneProfile.Patience;
import dev.tocsin.notifier.channel.Made;
import dev.tocsin.notifier.channel.call.Call;
import dev.tocsin.notifier.channel.call.CallLimits;
import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.endpoint.EndpointPolicy;
import dev.tocsin.schemas.endpoint.Hops;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to subscribers, signed as Standard Webhooks. The {@code webhook-id} is the
 * notification's id on every attempt, so a subscriber can drop a repeat.
 */
public final class WebhookChannel implements Channel {

  public static final CallLimits LIMITS =
      new CallLimits(Duration.ofSeconds(3), Duration.ofSeconds(15), 16 << 10);

  private static final int CONCURRENCY = 4;
  private static final Duration LEASE = Duration.ofSeconds(40);

  /**
   * The example of Standard Webhooks, 75 hours in all, and half a minute, since later events of an
   * incident wait behind the one that is tried again.
   */
  private static final List<Duration> SCHEDULE =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  private final Subscribers subscribers;
  private final byte[] signingKey;
  private final EndpointPolicy endpoints;
  private final HttpCalls calls;
  private final InstantSource clock;
  private final @Nullable Patience patience;

  /**
   * @param signingKey the installation's: every subscription's secret is derived from it
   * @param calls guarded by the same addresses as {@code endpoints}
   * @param patience with a subscriber that takes nothing; null for ever
   */
  public WebhookChannel(
      Subscribers subscribers,
      byte[] signingKey,
      EndpointPolicy endpoints,
      HttpCalls calls,
      InstantSource clock,
      @Nullable Patience patience) {
    this.subscribers = subscribers;
    this.signingKey = signingKey.clone();
    this.endpoints = endpoints;
    this.calls = calls;
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public LaneProfile profile() {
    return profile(patience);
  }

  /** How a lane treats a subscriber. */
  public static LaneProfile profile(@Nullable Patience patience) {
    return new LaneProfile(
        CONCURRENCY, 0, LEASE, SCHEDULE, LaneProfile.AfterUnknown.REPEAT, patience);
  }

  @Override
  public @Nullable String holds(String endpoint) {
    Setting.Disabled disabled = subscribers.disabled(subscriptionId(endpoint));
    return disabled == null
        ? null
        : "disabled by %s since %s: %s"
            .formatted(disabled.by(), disabled.since(), disabled.reason());
  }

  @Override
  public Outcome send(Attempt attempt) {
    return make(attempt).outcome();
  }

  @Override
  public Made make(Attempt attempt) {
    if (attempt.mode() == Attempt.Mode.PROBE) {
      return new Made(probe(attempt), null);
    }
    Notification notification = attempt.notification();
    if (!(notification.content() instanceof Content.Event event)) {
      return unsent(
          new Outcome.GiveUp(
              Reason.BAD_REQUEST,
              "a subscriber takes events, not a " + notification.content().kind()));
    }
    String held = holds(notification.endpoint());
    if (held != null) {
      return unsent(new Outcome.TryAgain(Reason.NOT_STARTED, held, null));
    }
    String id = subscriptionId(notification.endpoint());
    Setting.Subscription subscription = subscribers.find(id);
    if (subscription == null || !subscription.active()) {
      return unsent(new Outcome.GiveUp(Reason.NO_ENDPOINT, "no active subscription " + id));
    }
    // The rules may have become stricter since it was registered.
    List<String> faults = endpoints.faults(subscription.url());
    if (!faults.isEmpty()) {
      return unsent(new Outcome.GiveUp(Reason.FORBIDDEN_ADDRESS, String.join("; ", faults)));
    }
    Call call = call(subscription, notification.id(), event);
    Reply reply = calls.make(call);
    Outcome outcome =
        switch (reply) {
          case Reply.NotSent notSent -> notSent.outcome();
          case Reply.Lost lost -> lost.outcome();
          case Reply.Answered answered -> outcome(Shown.withoutSecrets(answered));
        };
    return new Made(outcome, Shown.of(call, reply));
  }

  private static Made unsent(Outcome outcome) {
    return new Made(outcome, null);
  }

  private static String subscriptionId(String endpoint) {
    return endpoint.substring(endpoint.indexOf('/') + 1);
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
            Hops.HEADER,
            Hops.ONE,
            StandardWebhooks.ID,
            id,
            StandardWebhooks.TIMESTAMP,
            String.valueOf(now.getEpochSecond()),
            StandardWebhooks.SIGNATURE,
            StandardWebhooks.sign(secrets(subscription, now), id, now, body)),
        body);
  }

  /**
   * The secret in force and, for as long as the subscription says, the one before it, so that a
   * subscriber may change over in peace.
   */
  private List<byte[]> secrets(Setting.Subscription subscription, Instant now) {
    int version = subscription.secretVersion();
    Instant until = subscription.formerSecretUntil();
    boolean both = version > 1 && until != null && now.isBefore(until);
    return (both ? Stream.of(version, version - 1) : Stream.of(version))
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
