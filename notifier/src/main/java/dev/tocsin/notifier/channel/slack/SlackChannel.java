// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.slack;

import dev.tocsin.notifier.channel.Channel;
import dev.tocsin.notifier.channel.LaneProfile;
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
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Posts to Slack's channels. Slack has no idempotency key, so every message carries a mark in its
 * metadata, and what is unknown is looked for before it is posted again.
 */
public final class SlackChannel implements Channel {

  private static final Logger LOG = LoggerFactory.getLogger(SlackChannel.class);

  /**
   * For one call; a look makes five at most, each a read with a limit of 5 s. A page of history is
   * 200 messages, each of which may be as long as the longest post: what is cut tells nothing.
   */
  public static final CallLimits LIMITS =
      new CallLimits(Duration.ofSeconds(3), Duration.ofSeconds(10), 8 << 20);

  private static final int CONCURRENCY = 4;
  private static final Duration LEASE = Duration.ofSeconds(60);

  /** A day and some: what is older is looked up elsewhere. */
  private static final List<Duration> SCHEDULE =
      Stream.concat(
              Stream.of(1, 2, 5, 15, 30, 60, 120, 300, 300, 600).map(Duration::ofSeconds),
              Stream.generate(() -> Duration.ofMinutes(15)).limit(96))
          .toList();

  private final SlackSettings settings;
  private final InstantSource clock;
  private final SlackApi api;
  private final PostSearch search;

  public SlackChannel(SlackSettings settings, HttpCalls calls, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.api = new SlackApi(settings, calls);
    this.search = new PostSearch(api);
  }

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public LaneProfile profile() {
    return profile(settings.ratePerMinute());
  }

  /** How a lane treats a channel of Slack. */
  public static LaneProfile profile(int perMinute) {
    return new LaneProfile(CONCURRENCY, perMinute, LEASE, SCHEDULE, LaneProfile.AfterUnknown.PROBE);
  }

  @Override
  public Outcome send(Attempt attempt) {
    Instant now = clock.instant();
    return switch (attempt.notification().content()) {
      case Content.Post post -> post(attempt, post, now);
      case Content.PostEdit edit -> {
        Posted posted = posted(attempt);
        yield posted == null ? noPost() : edit(posted, edit, now);
      }
      case Content.PostReply reply -> {
        Posted posted = posted(attempt);
        yield posted == null ? noPost() : reply(attempt, posted, reply, now);
      }
      default -> notForUs(attempt);
    };
  }

  @Override
  public Outcome probe(Attempt attempt) {
    Instant now = clock.instant();
    Instant plannedAt = attempt.notification().plannedAt();
    return switch (attempt.notification().content()) {
      case Content.Post post -> {
        String channel = settings.channelOf(attempt.notification().endpoint());
        yield channel == null
            ? noChannel(attempt)
            : search.probed(search.post(channel, post, plannedAt, now), attempt);
      }
      // Saying once more how things stand changes nothing.
      case Content.PostEdit _ -> new Outcome.Absent();
      case Content.PostReply reply -> {
        Posted posted = posted(attempt);
        yield posted == null
            ? noPost()
            : search.probed(search.reply(posted, reply, plannedAt, now), attempt);
      }
      default -> notForUs(attempt);
    };
  }

  private Outcome post(Attempt attempt, Content.Post post, Instant now) {
    String channel = settings.channelOf(attempt.notification().endpoint());
    if (channel == null) {
      return noChannel(attempt);
    }
    if (attempt.n() > 1) {
      // A probe has said absent, or nothing was sent. One more look costs little.
      Outcome before = seen(search.post(channel, post, attempt.notification().plannedAt(), now));
      if (before != null) {
        return before;
      }
    }
    return posted(written(api::postMessage, Message.post(channel, post, settings.buttons())), now);
  }

  private Outcome reply(Attempt attempt, Posted post, Content.PostReply reply, Instant now) {
    if (attempt.n() > 1) {
      Outcome before = seen(search.reply(post, reply, attempt.notification().plannedAt(), now));
      if (before != null) {
        return before;
      }
    }
    return posted(written(api::postMessage, Message.reply(post, reply)), now);
  }

  private Outcome edit(Posted post, Content.PostEdit edit, Instant now) {
    Reply reply = written(api::update, Message.edit(post, edit, settings.buttons()));
    return SlackOutcome.isOk(reply)
        ? new Outcome.Delivered(post.receipt())
        : SlackOutcome.ofRepeatable(reply, now);
  }

  /** A rule of Slack's that we do not know costs a message its looks, and not the message. */
  private static Reply written(Function<ObjectNode, Reply> call, ObjectNode message) {
    Reply reply = call.apply(message);
    if (!SlackOutcome.isOfBlocks(reply)) {
      return reply;
    }
    LOG.warn("Slack does not take blocks of ours: {}", ((Reply.Answered) reply).shown());
    return call.apply(Message.plain(message));
  }

  /** What an earlier attempt came to after all; null when there is nothing to be seen of it. */
  private static @Nullable Outcome seen(PostSearch.Found found) {
    return switch (found) {
      case PostSearch.Found.Message message -> new Outcome.Delivered(message.at().receipt());
      case PostSearch.Found.NotAsked notAsked -> notAsked.outcome();
      case PostSearch.Found.Nothing _ -> null;
    };
  }

  private static Outcome posted(Reply reply, Instant now) {
    if (SlackOutcome.isOk(reply) && reply instanceof Reply.Answered answered) {
      Posted posted = Posted.of(answered.json());
      if (posted != null) {
        return new Outcome.Delivered(posted.receipt());
      }
    }
    return SlackOutcome.ofOnceOnly(reply, now);
  }

  /** Where the post is that this follows; null when that is not known. */
  private static @Nullable Posted posted(Attempt attempt) {
    String receipt = attempt.needed();
    return receipt == null ? null : Posted.ofReceipt(receipt);
  }

  private static Outcome noPost() {
    return new Outcome.GiveUp(Reason.NEED_FAILED, "nobody knows where the post is");
  }

  private static Outcome noChannel(Attempt attempt) {
    String endpoint = attempt.notification().endpoint();
    return new Outcome.GiveUp(
        Reason.NO_ENDPOINT,
        "%s is no channel: set tocsin.slack.channels.%s"
            .formatted(endpoint, endpoint.substring(endpoint.indexOf('/') + 1)));
  }

  private static Outcome notForUs(Attempt attempt) {
    return new Outcome.GiveUp(
        Reason.BAD_REQUEST, "Slack takes posts, not a " + attempt.notification().content().kind());
  }
}
