// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import dev.tocsin.kafka.deadletter.SetAsideUndecidable;
import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.kafka.streams.PromptCommit;
import dev.tocsin.kafka.timer.TimerQueue;
import dev.tocsin.notifier.channel.Channel;
import dev.tocsin.notifier.channel.ChannelCatalog;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.effect.Ledger;
import dev.tocsin.notifier.watch.LaneBoard;
import dev.tocsin.notifier.watch.NotifierMetrics;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.effect.Effect;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.topic.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Puts the schedule of the lanes on their stores: reads notifications, results and replays, and
 * writes attempts, deliveries and the ledger.
 */
public final class LaneProcessor implements Processor<String, Object, Object, Object> {

  private static final String TRACEPARENT = "traceparent";

  /** With its last attempts it has to fit a record of 1 MiB. */
  private static final int LARGEST = 900_000;

  /** How their endpoints begin. */
  private static final String SUBSCRIBERS = "webhook/";

  /** For an endpoint whose channel is off: what is still in flight is let go. */
  private static final LaneProfile NO_CHANNEL =
      new LaneProfile(1, 0, Duration.ofMinutes(1), List.of(), LaneProfile.AfterUnknown.REPEAT);

  private final String service;
  private final LaneNodes nodes;
  private final ChannelCatalog channels;
  private final @Nullable Instant notBefore;
  private final LaneBoard board;
  private final NotifierMetrics metrics;
  private final Set<String> onBoard = new HashSet<>();

  private @Nullable Open open;

  /** What there is once the processor has its place in a running topology. */
  private record Open(
      ProcessorContext<Object, Object> context,
      Instant since,
      LaneShelves shelves,
      TimerQueue timers,
      Ledger ledger,
      SetAsideUndecidable setAside) {}

  public LaneProcessor(
      String service,
      LaneNodes nodes,
      ChannelCatalog channels,
      @Nullable Instant notBefore,
      LaneBoard board,
      NotifierMetrics metrics) {
    this.service = service;
    this.nodes = nodes;
    this.channels = channels;
    this.notBefore = notBefore;
    this.board = board;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(LaneNodes.LANES);
    Shelf lanes = new Shelf(store, "lanes");
    KeyValueStore<String, byte[]> effects = context.getStateStore(LaneNodes.EFFECTS);
    Ledger ledger =
        id -> {
          byte[] bytes = effects.get(id);
          return bytes == null ? null : Json.MAPPER.readValue(bytes, Effect.class);
        };
    LaneShelves shelves =
        new LaneShelves(
            laneShelf(lanes),
            laneShelf(new Shelf(store, "deliveries")),
            laneShelf(new Shelf(store, "orders")),
            laneShelf(new Shelf(store, "ready")),
            laneShelf(new Shelf(store, "pending")));
    Instant since = Instant.ofEpochMilli(context.currentSystemTimeMs());
    open =
        new Open(
            context,
            since,
            shelves,
            new TimerQueue(new Shelf(store, "timers")),
            ledger,
            new SetAsideUndecidable(context, service, nodes.deadLetters()));
    context.schedule(TimerQueue.EVERY, PunctuationType.WALL_CLOCK_TIME, this::fireTimers);
    lanes.forEach("", (endpoint, _) -> show(new Turn(endpoint, since, since, shelves)));
  }

  @Override
  public void process(Record<String, Object> read) {
    // Not the record's own time: after an outage it is old, and it is another machine's.
    Instant now = Instant.ofEpochMilli(opened().context().currentSystemTimeMs());
    Record<String, Object> record = read.withTimestamp(now.toEpochMilli());
    switch (record.value()) {
      case Notification n -> {
        act(
            record,
            now,
            schedule -> {
              check(n, record.key());
              schedule.plan(n, channels.refusal(n), notBefore, traceparent(record.headers()));
            });
        if (n.content() instanceof Content.Page) {
          PromptCommit.after(read.timestamp(), opened().context());
        }
      }
      case AttemptResult result -> act(record, now, schedule -> schedule.result(result));
      case Command.ReplayDelivery c ->
          act(record, now, schedule -> schedule.replay(c.deliveryId(), c.by()));
      case Command.DeleteSubscription c ->
          act(
              record,
              now,
              schedule -> {
                check(c, record.key());
                schedule.end("subscription deleted");
              });
      case null, default -> {
        // Other commands are for others.
      }
    }
  }

  private void fireTimers(long timestamp) {
    Instant now = Instant.ofEpochMilli(timestamp);
    for (TimerQueue.Due due : opened().timers().drain(now)) {
      LaneTimer timer = LaneTimer.parse(due.name(), due.at());
      act(new Record<>(timer.endpoint(), timer, timestamp), now, schedule -> schedule.due(timer));
    }
  }

  /** Decides and serialises; then, and only then, writes. */
  private void act(Record<String, ?> record, Instant now, Consumer<Schedule> event) {
    String endpoint = record.key();
    Turn turn = new Turn(endpoint, now, opened().since(), opened().shelves());
    Runnable writes;
    try {
      Channel channel = channels.find(endpoint);
      LaneProfile profile = channel == null ? NO_CHANNEL : channel.profile();
      event.accept(new Schedule(turn, profile, way(channel, endpoint), opened().ledger()));
      writes = turn.serialised();
    } catch (RuntimeException | StackOverflowError e) {
      opened().setAside().accept(record, e);
      return;
    }
    writes.run();
    setTimers(turn);
    tell(turn);
    turn.ended().forEach(metrics::attempted);
    turn.settled().forEach(metrics::settled);
    metrics.ignored(turn.timesIgnored());
    show(turn);
  }

  private Way way(@Nullable Channel channel, String endpoint) {
    if (channel == null) {
      return new Way.Closed(channels.whyAbsent(endpoint));
    }
    String held = channel.holds(endpoint);
    return held == null ? new Way.Open() : new Way.Held(held);
  }

  private void setTimers(Turn turn) {
    TimerQueue timers = opened().timers();
    turn.timers()
        .forEach(
            (timer, set) -> {
              if (set) {
                timers.set(timer.due(), timer.name());
              } else {
                timers.cancel(timer.due(), timer.name());
              }
            });
  }

  private void tell(Turn turn) {
    turn.attempts()
        .forEach(
            said ->
                forward(
                    turn, said.value().id(), said.value(), said.traceparent(), nodes.attempts()));
    turn.said()
        .values()
        .forEach(
            said ->
                forward(
                    turn,
                    said.value().notification().incidentId(),
                    said.value(),
                    said.traceparent(),
                    nodes.deliveries()));
    turn.notifications()
        .forEach(
            said ->
                forward(
                    turn,
                    said.value().endpoint(),
                    said.value(),
                    said.traceparent(),
                    nodes.second()));
    turn.ledger().forEach((id, effect) -> forward(turn, id, effect, null, nodes.effects()));
    if (turn.unreachable() != null) {
      forward(turn, turn.endpoint, turn.unreachable(), null, nodes.unreachable());
    }
  }

  private void forward(
      Turn turn, String key, @Nullable Object value, @Nullable String traceparent, String node) {
    Headers headers = new RecordHeaders();
    if (traceparent != null) {
      headers.add(TRACEPARENT, traceparent.getBytes(StandardCharsets.UTF_8));
    }
    opened().context().forward(new Record<>(key, value, turn.now.toEpochMilli(), headers), node);
  }

  private void show(Turn turn) {
    Lane lane = turn.lanes.get(turn.endpoint);
    if (lane == null) {
      return;
    }
    Turn.Place oldest =
        lane.pending().isEmpty() ? null : turn.pending.get(turn.key(lane.pending().head()));
    board.put(
        turn.endpoint,
        new LaneBoard.Standing(
            lane.depth(), oldest == null ? null : oldest.since(), lane.breaker().openSince()));
    if (onBoard.add(turn.endpoint) && turn.endpoint.indexOf('/') > 0) {
      metrics.watch(turn.endpoint.substring(0, turn.endpoint.indexOf('/')));
    }
  }

  private static void check(Notification n, String key) {
    int size = Json.MAPPER.writeValueAsBytes(n).length;
    if (size > LARGEST) {
      throw new IllegalArgumentException(
          "a notification should have at most %d bytes: has %d".formatted(LARGEST, size));
    }
    if (!n.endpoint().equals(key)) {
      throw new IllegalArgumentException(
          "a notification for %s under the key %s".formatted(n.endpoint(), key));
    }
    if (n.endpoint().indexOf('/') <= 0
        || n.endpoint().indexOf('|') >= 0
        || n.id().indexOf('|') >= 0) {
      throw new IllegalArgumentException(
          "endpoint should be <channel>/<name>, and it and the id without |: were %s and %s"
              .formatted(n.endpoint(), n.id()));
    }
  }

  /** No lane but a subscriber's ever ends. */
  private static void check(Command.DeleteSubscription c, String key) {
    if (!c.endpoint().equals(key) || !key.startsWith(SUBSCRIBERS)) {
      throw new IllegalArgumentException(
          "the end of %s under the key %s: should be %s<subscription>, and the same twice"
              .formatted(c.endpoint(), key, SUBSCRIBERS));
    }
  }

  private static @Nullable String traceparent(Headers headers) {
    Header header = headers.lastHeader(TRACEPARENT);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static LaneShelf laneShelf(Shelf shelf) {
    return new LaneShelf() {
      @Override
      public byte @Nullable [] get(String key) {
        return shelf.get(key);
      }

      @Override
      public void put(String key, byte @Nullable [] value) {
        if (value == null) {
          shelf.remove(key);
        } else {
          shelf.put(key, value);
        }
      }
    };
  }

  private Open opened() {
    if (open == null) {
      throw new IllegalStateException("used before init");
    }
    return open;
  }

  @Override
  public void close() {
    onBoard.forEach(board::remove);
    onBoard.clear();
  }
}
