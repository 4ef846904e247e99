// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.pagerduty;

import dev.tocsin.notifier.channel.Channel;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.channel.call.Call;
import dev.tocsin.notifier.channel.call.CallLimits;
import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.notification.Content;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pages over PagerDuty. The dedup key makes a repeat harmless while the page is open, and the
 * lane's order keeps a late trigger from following its resolve.
 */
public final class PagerDutyChannel implements Channel {

  /** Well within the lease; the calls of a note share it. */
  public static final CallLimits LIMITS =
      new CallLimits(Duration.ofSeconds(3), Duration.ofSeconds(10), 64 << 10);

  private static final String NO_NOTES = "not sent: notes need TOCSIN_PAGERDUTY_API_TOKEN";
  private static final int CONCURRENCY = 16;

  /** Without a pace the slots are the pace: each is taken for a commit, a call and its result. */
  private static final int CONCURRENCY_UNPACED = 128;

  private static final Duration LEASE = Duration.ofSeconds(20);

  /** Quick while somebody should be waking up, then every five minutes for a day. */
  private static final List<Duration> SCHEDULE =
      Stream.concat(
              Stream.of(1, 2, 5, 10, 30, 60, 60, 60, 120, 120).map(Duration::ofSeconds),
              Stream.generate(() -> Duration.ofMinutes(5)).limit(288))
          .toList();

  /** Of the second channel: its lanes are others, so that one that is stuck holds up no page. */
  private static final String SECOND = "pagerduty-second";

  private final String name;
  private final PagerDutySettings settings;
  private final HttpCalls calls;
  private final InstantSource clock;
  private final PagerDutyNotes notes;

  private PagerDutyChannel(
      String name, PagerDutySettings settings, HttpCalls calls, InstantSource clock) {
    this.name = name;
    this.settings = settings;
    this.calls = calls;
    this.clock = clock;
    this.notes = new PagerDutyNotes(settings, calls, clock);
  }

  public static PagerDutyChannel first(
      PagerDutySettings settings, HttpCalls calls, InstantSource clock) {
    return new PagerDutyChannel("pagerduty", settings, calls, clock);
  }

  /** Where pages go as well that the first does not take in time. */
  public static PagerDutyChannel second(
      PagerDutySettings settings, HttpCalls calls, InstantSource clock) {
    return new PagerDutyChannel(SECOND, settings.ofSecond(), calls, clock);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public LaneProfile profile() {
    return profile(settings);
  }

  /** The lanes of whoever is reached like this. */
  public static LaneProfile profile(PagerDutySettings settings) {
    int perMinute = settings.ratePerMinute();
    return new LaneProfile(
            perMinute == 0 ? CONCURRENCY_UNPACED : CONCURRENCY,
            perMinute,
            LEASE,
            SCHEDULE,
            LaneProfile.AfterUnknown.REPEAT)
        .hedgingAfter(settings.hedgeAfter().isZero() ? null : settings.hedgeAfter())
        .withSecond(
            settings.second().isConfigured()
                ? new LaneProfile.Second(SECOND + "/default", settings.second().after())
                : null);
  }

  /** The Events API has no notes, and a repeated trigger could open a new incident. */
  @Override
  public @Nullable String refuses(String kind) {
    return kind.equals("page-note") && !settings.takesNotes() ? NO_NOTES : null;
  }

  @Override
  public Outcome send(Attempt attempt) {
    if (!settings.isConfigured()) {
      return new Outcome.GiveUp(
          Reason.NO_ENDPOINT, "PagerDuty is off: tocsin.pagerduty.routing-key is not set");
    }
    String routingKey = settings.routingKey();
    return switch (attempt.notification().content()) {
      case Content.Page page -> event(page.dedupKey(), PagerDutyEvent.trigger(routingKey, page));
      case Content.PageAcknowledge page ->
          event(page.dedupKey(), PagerDutyEvent.acknowledge(routingKey, page.dedupKey()));
      case Content.PageResolve page ->
          event(page.dedupKey(), PagerDutyEvent.resolve(routingKey, page.dedupKey()));
      case Content.PageNote note when settings.takesNotes() -> notes.send(attempt, note);
      case Content.PageNote _ -> new Outcome.GiveUp(Reason.NO_ENDPOINT, NO_NOTES);
      default ->
          new Outcome.GiveUp(
              Reason.BAD_REQUEST,
              "PagerDuty takes pages, not a " + attempt.notification().content().kind());
    };
  }

  /** Never asked, since a repeat is harmless; answers as one that cannot tell. */
  @Override
  public Outcome probe(Attempt attempt) {
    return new Outcome.TryAgain(Reason.NOT_FOUND, "PagerDuty is not probed: repeat", null);
  }

  private Outcome event(String dedupKey, byte[] body) {
    Call call = Call.post(settings.enqueue(), Map.of("Content-Type", "application/json"), body);
    return switch (calls.make(call)) {
      case Reply.NotSent notSent -> notSent.outcome();
      case Reply.Lost lost -> lost.outcome();
      case Reply.Answered answered -> outcome(answered, dedupKey);
    };
  }

  private Outcome outcome(Reply.Answered answered, String dedupKey) {
    Instant now = clock.instant();
    return switch (answered.status()) {
      case TAKEN -> new Outcome.Delivered(dedupKey);
      case NOT_NOW -> answered.tryAgain(Reason.RATE_LIMITED, now);
      case UNAVAILABLE, BROKEN -> answered.tryAgain(Reason.SERVER_ERROR, now);
      case UNAUTHORIZED -> answered.tryAgain(Reason.UNAUTHORIZED, now);
      case REDIRECTED -> answered.tryAgain(Reason.REDIRECTED, now);
      case NOT_FOUND, GONE -> answered.tryAgain(Reason.NOT_FOUND, now);
      case CONFLICT, REFUSED -> answered.giveUp(Reason.BAD_REQUEST);
    };
  }
}
