// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier;

import dev.tocsin.notifier.channel.Channel;
import dev.tocsin.notifier.channel.ChannelCatalog;
import dev.tocsin.notifier.effect.EffectSettings;
import dev.tocsin.notifier.subscription.Subscriptions;
import dev.tocsin.notifier.watch.LaneBoard;
import dev.tocsin.notifier.watch.NotifierMetrics;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.effect.Effect;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.springframework.util.FileSystemUtils;

/** The notifier's topologies, joined into one without a broker, at noon until told otherwise. */
final class NotifierDriver implements AutoCloseable {

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final LaneBoard board = new LaneBoard();
  final Subscriptions subscriptions = new Subscriptions();
  private final Path stateDir = stateDir();
  private final TopologyTestDriver driver;
  private Instant now = Samples.NOON;

  NotifierDriver(Channel... channels) {
    this(new EffectSettings(null), channels);
  }

  NotifierDriver(EffectSettings effects, Channel... channels) {
    Properties config = new Properties();
    config.putAll(
        Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            "notifier-test",
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
            "nowhere:9092",
            StreamsConfig.STATE_DIR_CONFIG,
            stateDir.toString()));
    NotifierMetrics metrics = new NotifierMetrics(meters, board, () -> now);
    Topology both = NotifierTopology.addFanOut(new Topology(), subscriptions, metrics);
    ChannelCatalog catalog = new ChannelCatalog(List.of(channels));
    driver =
        new TopologyTestDriver(
            NotifierTopology.addLanes(both, catalog, effects, subscriptions, board, metrics),
            config,
            now);
  }

  /** In memory where there is such a place: the driver flushes its stores after every record. */
  private static Path stateDir() {
    Path memory = Path.of("/dev/shm");
    try {
      return Files.isWritable(memory)
          ? Files.createTempDirectory(memory, "notifier-driver")
          : Files.createTempDirectory("notifier-driver");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Instant now() {
    return now;
  }

  void plan(Notification... notifications) {
    for (Notification n : notifications) {
      pipe(Topics.NOTIFICATIONS, n.endpoint(), n);
    }
  }

  void answer(Attempt attempt, Outcome outcome) {
    pipe(
        Topics.ATTEMPT_RESULTS,
        attempt.notification().endpoint(),
        Samples.result(attempt, outcome, now));
  }

  <V> void pipe(Topic<V> topic, String key, V value) {
    pipe(topic, key, value, now);
  }

  /**
   * @param stamped by the broker, whose clock is another
   */
  <V> void pipe(Topic<V> topic, String key, V value, Instant stamped) {
    TestInputTopic<String, V> input =
        driver.createInputTopic(
            topic.name(), topic.keySerde().serializer(), topic.valueSerde().serializer());
    input.pipeInput(key, value, stamped);
  }

  void pipeBytes(Topic<?> topic, String key, byte[] value) {
    driver
        .createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(key, value, now);
  }

  /** In a few steps, since a timer may set another. */
  void pass(Duration duration) {
    Instant end = now.plus(duration);
    Duration step = Duration.ofMillis((duration.toMillis() + 9) / 10);
    while (now.isBefore(end)) {
      now = now.plus(step);
      driver.advanceWallClockTime(step);
    }
  }

  void passTo(Instant end) {
    pass(Duration.between(now, end));
  }

  /** Attempts since last asked. */
  List<Attempt> attempts() {
    return read(Topics.ATTEMPTS);
  }

  Attempt attempt() {
    List<Attempt> attempts = attempts();
    if (attempts.size() != 1) {
      throw new AssertionError("expected one attempt, found " + attempts);
    }
    return attempts.getFirst();
  }

  List<Delivery> deliveries() {
    return read(Topics.DELIVERIES);
  }

  /** The last of the deliveries since last asked. */
  Delivery delivery() {
    return deliveries().getLast();
  }

  List<Effect> effects() {
    return read(Topics.EFFECTS);
  }

  List<Notification> notifications() {
    return read(Topics.NOTIFICATIONS);
  }

  List<Setting> settings() {
    return read(Topics.SETTINGS);
  }

  List<AuditEntry> audit() {
    return read(Topics.AUDIT);
  }

  long deadLetters() {
    return driver
        .createOutputTopic(
            Topics.deadLetters("notifier"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())
        .readRecordsToList()
        .size();
  }

  private <V> List<V> read(Topic<V> topic) {
    TestOutputTopic<String, V> output =
        driver.createOutputTopic(
            topic.name(), new StringDeserializer(), topic.valueSerde().deserializer());
    return output.readValuesToList();
  }

  @Override
  public void close() {
    driver.close();
    try {
      FileSystemUtils.deleteRecursively(stateDir);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
