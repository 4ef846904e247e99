// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.call.CallLimits;
import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.testkit.receiver.FakeReceiver;
import dev.tocsin.testkit.receiver.Request;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every channel must do, whatever its endpoint does. Extend it for a new channel. */
public abstract class ChannelContract {

  protected static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

  private static final CallLimits PATIENT =
      new CallLimits(Duration.ofSeconds(10), Duration.ofSeconds(20), 64 << 10);

  /** Short, so that an endpoint that hangs costs a test little. */
  private static final CallLimits QUICK =
      new CallLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), 16 << 10);

  private static final Duration AT_MOST = Duration.ofSeconds(10);

  private FakeReceiver receiver;
  private HttpCalls calls;
  private HttpCalls quickCalls;
  private Channel channel;

  /** Starts the fake that the channel sends to. */
  protected abstract FakeReceiver startReceiver();

  protected abstract HttpCalls calls(CallLimits limits);

  protected abstract Channel channelTo(URI receiver, HttpCalls calls);

  /** Something it sends with one call, on its first attempt. */
  protected abstract Content content();

  /**
   * How many effects of {@link #content()} the fake has seen: incidents opened, tickets, events.
   */
  protected abstract int effects();

  /** What lets the endpoint, or us, recognise a repeat. */
  protected abstract String idempotencyKey(Request request);

  /** What a 500 means: not done, or perhaps done. */
  protected abstract Class<? extends Outcome> onServerError();

  /** What a 400 means: never again, or perhaps later. */
  protected abstract Class<? extends Outcome> onBadRequest();

  @BeforeEach
  void start() {
    receiver = startReceiver();
    calls = calls(PATIENT);
    quickCalls = calls(QUICK);
    channel = channelTo(receiver.uri(), calls);
  }

  @AfterEach
  void stop() {
    calls.close();
    quickCalls.close();
    receiver.close();
  }

  @Test
  void taken_isDeliveredWithReceipt() {
    assertThat(channel.send(attempt(1, content())))
        .isInstanceOfSatisfying(Outcome.Delivered.class, d -> assertThat(d.receipt()).isNotBlank());
    assertThat(effects()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"7, PT7S", "0, PT0S", "99999999999, PT24H", "'Sun, 22 Nov 2026 10:01:00 GMT', PT1M"})
  void rateLimited_isTriedAgainNotBeforeAsked(String retryAfter, Duration after) {
    receiver.failNext(1, 429, Map.of("Retry-After", retryAfter));
    assertThat(channel.send(attempt(1, content())))
        .isInstanceOfSatisfying(
            Outcome.TryAgain.class,
            again -> {
              assertThat(again.reason()).isEqualTo(Reason.RATE_LIMITED);
              assertThat(again.after()).isEqualTo(after);
            });
    assertThat(effects()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "soon", "Sun, 99 Nov 2026 10:01:00 GMT", "1e9"})
  @Tag("bad-input-85")
  void unreadableRetryAfter_isIgnored(String retryAfter) {
    receiver.failNext(1, 429, Map.of("Retry-After", retryAfter));
    assertThat(channel.send(attempt(1, content())))
        .isInstanceOfSatisfying(
            Outcome.TryAgain.class, again -> assertThat(again.after()).isNull());
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999", "Thu, 01 Jan 2099 00:00:00 GMT"})
  @Tag("bad-input-85")
  void retryAfterBeyondADay_isADay(String retryAfter) {
    receiver.failNext(1, 429, Map.of("Retry-After", retryAfter));
    assertThat(channel.send(attempt(1, content())))
        .isInstanceOfSatisfying(
            Outcome.TryAgain.class,
            again -> assertThat(again.after()).isEqualTo(Duration.ofHours(24)));
  }

  @Test
  void serverError_isNotGivenUp() {
    receiver.failNext(1, 500, Map.of());
    assertThat(channel.send(attempt(1, content()))).isInstanceOf(onServerError());
  }

  @Test
  void unavailable_isTriedAgain() {
    receiver.failNext(1, 503, Map.of("Retry-After", "3"));
    assertThat(channel.send(attempt(1, content())))
        .isInstanceOfSatisfying(
            Outcome.TryAgain.class,
            again -> {
              assertThat(again.reason()).isEqualTo(Reason.SERVER_ERROR);
              assertThat(again.after()).isEqualTo(Duration.ofSeconds(3));
            });
  }

  @Test
  void badRequest_isAsTheChannelSays() {
    receiver.failNext(1, 400, Map.of());
    assertThat(channel.send(attempt(1, content()))).isInstanceOf(onBadRequest());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void unauthorized_isTriedAgainSinceTokensAreReplaced(int status) {
    receiver.failNext(1, status, Map.of());
    assertThat(channel.send(attempt(1, content())))
        .isInstanceOfSatisfying(
            Outcome.TryAgain.class,
            again -> assertThat(again.reason()).isEqualTo(Reason.UNAUTHORIZED));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  @Tag("bad-input-78")
  void redirect_isNotFollowed(int status) {
    receiver.failNext(1, status, Map.of("Location", receiver.uri() + "/elsewhere"));
    assertThat(channel.send(attempt(1, content())))
        .isInstanceOfSatisfying(
            Outcome.TryAgain.class,
            again -> assertThat(again.reason()).isEqualTo(Reason.REDIRECTED));
    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  void endpointThatHangs_isUnknownInTime() {
    receiver.hang();
    assertThat(inTime(attempt(1, content())))
        .isInstanceOfSatisfying(
            Outcome.Unknown.class,
            unknown -> assertThat(unknown.reason()).isEqualTo(Reason.TIMEOUT));
    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  void endpointThatTrickles_holdsNobody() {
    receiver.trickle(Duration.ofMillis(50));
    assertThat(inTime(attempt(1, content())))
        .isInstanceOfAny(Outcome.Delivered.class, Outcome.Unknown.class);
  }

  @Test
  void refusedConnection_isUnreachable() {
    receiver.close();
    assertThat(inTime(attempt(1, content())))
        .isInstanceOfSatisfying(
            Outcome.TryAgain.class,
            again -> assertThat(again.reason()).isEqualTo(Reason.UNREACHABLE));
  }

  @Test
  void lostAnswer_isUnknownAndNotRepeatedByItself() {
    receiver.loseAnswers(1);
    assertThat(channel.send(attempt(1, content())))
        .isInstanceOfSatisfying(
            Outcome.Unknown.class,
            unknown -> assertThat(unknown.reason()).isEqualTo(Reason.BROKEN_OFF));
    assertThat(receiver.requests()).hasSize(1);
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void nextAttemptAfterLostAnswer_makesNoSecondEffect() {
    receiver.loseAnswers(1);
    channel.send(attempt(1, content()));
    assertThat(channel.send(attempt(2, content()))).isInstanceOf(Outcome.Delivered.class);
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void idempotencyKey_isConstantOverAttempts() {
    receiver.failNext(2, 503, Map.of());
    channel.send(attempt(1, content()));
    receiver.recover();
    receiver.failNext(1, 503, Map.of());
    channel.send(attempt(1, content()));
    channel.send(attempt(1, content()));
    assertThat(receiver.requests().stream().limit(3).map(this::idempotencyKey).distinct())
        .hasSize(1);
  }

  @Test
  void contentOfAnotherChannel_isGivenUp() {
    Content other =
        content() instanceof Content.Event
            ? new Content.PageResolve("k")
            : new Content.Event("e", "t", "{}");
    assertThat(channel.send(attempt(1, other))).isInstanceOf(Outcome.GiveUp.class);
    assertThat(receiver.requests()).isEmpty();
  }

  @Test
  void lease_isLongerThanTheChannelsOwnLimit() {
    assertThat(channel.profile().lease()).isGreaterThan(Duration.ofSeconds(10));
    assertThat(channel.profile().schedule().stream().reduce(Duration.ZERO, Duration::plus))
        .isGreaterThanOrEqualTo(Duration.ofHours(24));
  }

  protected final Attempt attempt(int n, Content content) {
    return attempt(n, content, null);
  }

  protected final Attempt attempt(int n, Content content, String needed) {
    return new Attempt(
        "att_" + n,
        n,
        Attempt.Mode.SEND,
        AT,
        AT.plusSeconds(60),
        needed,
        new Notification(
            "dlv_1", channel.name() + "/default", "inc_1", 1, "inc_1", null, AT, AT, content));
  }

  protected final Channel channel() {
    return channel;
  }

  protected final HttpCalls calls() {
    return calls;
  }

  private Outcome inTime(Attempt attempt) {
    Channel quick = channelTo(receiver.uri(), quickCalls);
    long start = System.nanoTime();
    Outcome outcome = quick.send(attempt);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_MOST);
    return outcome;
  }
}
