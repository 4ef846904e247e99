// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import dev.tocsin.kafka.KafkaFile;
import dev.tocsin.kafka.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LoggingSystem;

/** What is logged when a topology lost its place, with the log levels every service has. */
class FencedTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path dir;

  private final Logger all = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Said said = new Said();
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private String name;
  private StreamsService service;

  /** What somebody is warned of. */
  private static final class Said extends AppenderBase<ILoggingEvent> {

    final ConcurrentLinkedQueue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      boolean isOfStreams =
          event.getLoggerName().startsWith("org.apache.kafka.streams")
              || event.getLoggerName().startsWith("dev.tocsin");
      if (isOfStreams && event.getLevel().isGreaterOrEqual(Level.WARN)) {
        events.add(event);
      }
    }

    List<String> lines() {
      return lines("");
    }

    List<String> ours() {
      return lines("dev.tocsin");
    }

    /** With what stands at the bottom of their traces. */
    private List<String> lines(String logger) {
      return events.stream()
          .filter(event -> event.getLoggerName().startsWith(logger))
          .map(event -> event.getFormattedMessage() + bottom(event.getThrowableProxy()))
          .toList();
    }

    private static String bottom(IThrowableProxy thrown) {
      if (thrown == null) {
        return "";
      }
      return thrown.getCause() == null
          ? ' ' + thrown.getClassName().replaceAll(".*[.]", "")
          : bottom(thrown.getCause());
    }
  }

  @BeforeEach
  void start(TestInfo test) throws Exception {
    KafkaFile.logLevels().forEach(LoggingSystem.get(getClass().getClassLoader())::setLogLevel);
    said.setContext(all.getLoggerContext());
    name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    try (Admin admin = Admin.create(TestBroker.clients())) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(name + "-in", 1, (short) 1),
                  new NewTopic(name + "-out", 1, (short) 1)))
          .all()
          .get();
    }
    service = new StreamsService("any", topology(), config());
    service.start();
    send("first");
    await().atMost(SOON).until(() -> seen.contains("first"));
    said.start();
    all.addAppender(said);
  }

  @AfterEach
  void stop() {
    all.detachAppender(said);
    service.stop();
  }

  @Test
  void topologyThatLostItsPlace_saysInOneLineThatItJoinsAgain() throws Exception {
    try (Admin admin = Admin.create(TestBroker.clients())) {
      List<String> transactions =
          admin.listTransactions().all().get().stream()
              .map(TransactionListing::transactionalId)
              .filter(id -> id.startsWith(name))
              .toList();
      admin.fenceProducers(transactions).all().get();
    }
    send("second");
    await().atMost(SOON).until(() -> seen.contains("second") && !said.events.isEmpty());

    assertThat(said.lines())
        .containsExactly(
            name
                + ": the topology was fenced, as it is when held up or cut off for too long:"
                + " it joins its group again, and does again what was under way");
  }

  @Test
  void topologyWhoseTransactionIsOver_saysInOneLineThatItStartsAgain() {
    failure.set(new InvalidTxnStateException("no such transaction"));
    send("second");
    await().atMost(SOON).until(() -> seen.lastIndexOf("second") > seen.indexOf("second"));

    assertThat(said.ours())
        .containsExactly(
            name
                + ": the topology was fenced, as it is when held up or cut off for too long"
                + " (no such transaction): it starts again in 1 s");
  }

  @Test
  void failureThatNobodyExpects_keepsItsTrace() {
    failure.set(new IllegalStateException("told to fail"));
    send("second");
    await().atMost(SOON).until(() -> seen.lastIndexOf("second") > seen.indexOf("second"));

    assertThat(said.ours())
        .containsExactly(
            name + ": the topology failed IllegalStateException",
            name + ": the topology starts again in 1 s");
    assertThat(said.lines()).noneMatch(line -> line.contains("opted to SHUTDOWN_CLIENT"));
  }

  private Topology topology() {
    Topology topology = new Topology();
    topology.addSource(
        "in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), name + "-in");
    topology.addProcessor("see", See::new, "in");
    topology.addSink(
        "out", name + "-out", new ByteArraySerializer(), new ByteArraySerializer(), "see");
    return topology;
  }

  private final class See extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

    @Override
    public void process(Record<byte[], byte[]> record) {
      seen.add(new String(record.value(), UTF_8));
      RuntimeException told = failure.getAndSet(null);
      if (told != null) {
        throw told;
      }
      context().forward(record);
    }
  }

  private Map<String, Object> config() {
    Map<String, Object> own = new HashMap<>();
    own.put("spring.application.name", name);
    own.put("spring.kafka.bootstrap-servers", TestBroker.address());
    own.put("spring.kafka.streams.application-id", name);
    own.put("spring.kafka.streams.state-dir", dir.toString());
    return KafkaFile.boundWith(own).buildStreamsProperties();
  }

  private void send(String value) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            TestBroker.clients(), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(name + "-in", value.getBytes(UTF_8)));
    }
  }
}
