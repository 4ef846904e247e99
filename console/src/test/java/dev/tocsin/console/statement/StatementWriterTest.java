// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.console.Samples;
import dev.tocsin.kafka.topic.TopicProvisioning;
import dev.tocsin.kafka.topic.TopicSettings;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.seal.Seal;
import dev.tocsin.schemas.statement.Statement;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** Consoles that write statements, and what verifying them says, on a real broker. */
class StatementWriterTest {

  private static final StatementSettings UTC =
      new StatementSettings(ZoneId.of("UTC"), Duration.ofMinutes(10));

  private EmbeddedKafkaKraftBroker broker;
  private Producer<byte[], byte[]> producer;

  /** The day of the records, by the broker's clock. */
  private LocalDate today;

  @BeforeEach
  void start() {
    broker = new EmbeddedKafkaKraftBroker(1, 1);
    broker.brokerProperties(
        Map.of(
            "auto.create.topics.enable", "false",
            "transaction.state.log.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1"));
    broker.afterPropertiesSet();
    new TopicProvisioning(clients(), new TopicSettings(2, (short) -1)).afterPropertiesSet();
    producer = new KafkaProducer<>(clients(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void stop() {
    producer.close();
    broker.destroy();
  }

  private Map<String, Object> clients() {
    return Map.of("bootstrap.servers", broker.getBrokersAsString());
  }

  private <V> void happened(Topic<V> topic, String key, V value) throws Exception {
    happened(topic.name(), key, topic.valueSerde().serializer().serialize(topic.name(), value));
  }

  private void happened(String topic, String key, byte[] value) throws Exception {
    long at =
        producer
            .send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))
            .get()
            .timestamp();
    today = UTC.dayOf(Instant.ofEpochMilli(at));
  }

  private void alert(String id) throws Exception {
    Alert alert = Samples.alert(id);
    happened(Topics.ALERTS, alert.group(), alert);
  }

  private void outcome(String id) throws Exception {
    happened(
        Topics.ALERT_OUTCOMES,
        id,
        Samples.outcome(Samples.alert(id), AlertOutcome.Outcome.OPENED, "inc_1"));
  }

  private StatementWriter console(Instant now) {
    return new StatementWriter(
        () -> StatementConfiguration.log(clients()),
        () -> {
          Map<String, Object> config = new java.util.HashMap<>(clients());
          config.put("transactional.id", "tocsin-statements");
          return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        },
        UTC,
        () -> now);
  }

  private List<Chain.Link> links() {
    try (TopicLog log = StatementConfiguration.log(clients())) {
      return Chain.read(log).links();
    }
  }

  /** The exit code and what was printed. */
  private String verified(Instant now, String... words) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int code =
        VerifyCommand.run(
            VerifyCommand.Asked.of(List.of(words)),
            clients(),
            UTC,
            () -> now,
            new PrintStream(printed, true, StandardCharsets.UTF_8));
    return code + "\n" + printed.toString(StandardCharsets.UTF_8);
  }

  private Instant after(int days, Duration more) {
    return UTC.settles(today.plusDays(days)).plus(more);
  }

  private void anOrdinaryDay() throws Exception {
    alert("rcpt-0");
    outcome("rcpt-0");
    alert("rcpt-1");
    outcome("rcpt-1");
    Delivery page = Samples.page("dlv_1", "inc_1", Delivery.Status.DELIVERED, Samples.NOON);
    happened(Topics.NOTIFICATIONS, "pagerduty/default", page.notification());
    happened(Topics.DELIVERIES, "inc_1", page);
    Delivery ticket = Samples.ticket("dlv_2", "inc_1", Delivery.Status.PENDING, Samples.NOON);
    happened(Topics.NOTIFICATIONS, "jira/default", ticket.notification());
    happened(Topics.DELIVERIES, "inc_1", ticket);
    happened(
        Topics.INCIDENTS, "inc_1", Samples.opened("inc_1", Samples.alert("rcpt-0"), Severity.INFO));
    happened(Topics.deadLetters("detection"), "k", "{oops".getBytes(StandardCharsets.UTF_8));
    happened(
        Topics.AUDIT,
        "admin",
        new AuditEntry(
            "aud_1", "admin", "dead-letter.dropped", "detection-0-0", "a test", Samples.NOON));
  }

  @Test
  void day_isStatedOnce_howeverManyConsolesWriteIt() throws Exception {
    anOrdinaryDay();
    Instant now = after(0, Duration.ofMinutes(1));
    List<Callable<Integer>> consoles = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      consoles.add(() -> console(now).writeDue());
    }
    int written = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Integer> each : threads.invokeAll(consoles)) {
        written += each.get();
      }
    }
    written += console(now).writeDue();
    assertThat(written).isEqualTo(1);
    assertThat(links()).hasSize(1);
    Chain.Link link = links().getFirst();
    assertThat(Seal.holds(link.json())).isTrue();
    Statement statement = link.statement();
    assertThat(statement.day()).isEqualTo(today.toString());
    assertThat(statement.alerts()).isEqualTo(new Statement.Alerts(2, Map.of("OPENED", 2L), 0));
    assertThat(statement.effects())
        .containsEntry("pagerduty", new Statement.Effects(0, 0, 1, 0, 1, 0))
        .containsEntry("jira", new Statement.Effects(0, 0, 0, 1, 1, 0));
    assertThat(statement.incidents()).containsExactly(Map.entry("opened", 1L));
    assertThat(statement.deadLetters())
        .containsExactly(Map.entry("detection", new Statement.Letters(1, 0, 1)));
    assertThat(statement.unexplained()).isEmpty();
    assertThat(verified(now)).startsWith("0\n").contains("2 accepted = 2 accounted for", "holds");
  }

  @Test
  void daysWithoutAConsole_areStatedWhenThereIsOne_andAnEmptyDayIsADay() throws Exception {
    anOrdinaryDay();
    assertThat(console(after(0, Duration.ofSeconds(-1))).writeDue())
        .as("before the day has settled")
        .isZero();
    Instant late = after(3, Duration.ofMinutes(1));
    assertThat(verified(late.plus(Duration.ofHours(1))))
        .startsWith("1\n")
        .contains("there are no statements, from this day on");
    assertThat(console(late).writeDue()).isEqualTo(4);
    List<Chain.Link> links = links();
    assertThat(links).hasSize(4);
    assertThat(new Chain(links).days()).containsKey(today.plusDays(3).toString());
    assertThat(new Chain(links).last())
        .hasValueSatisfying(
            last -> assertThat(last.alerts()).isEqualTo(new Statement.Alerts(0, Map.of(), 0)));
    assertThat(verified(late)).startsWith("0\n").contains("4 of them from the topics");
    assertThat(verified(late.plus(Duration.ofDays(3))))
        .startsWith("1\n")
        .contains("BROKEN  " + today.plusDays(4) + ": there are no statements from this day to");
  }

  @Test
  void installationToWhichNothingCame_hasNothingToState() {
    Instant now = Instant.parse("2027-01-05T12:00:00Z");
    assertThat(console(now).writeDue()).isZero();
    assertThat(links()).isEmpty();
    assertThat(verified(now)).startsWith("0\n").contains("none yet");
  }

  @Test
  void alertWithoutOutcome_breaksIt_untilItIsExplained() throws Exception {
    anOrdinaryDay();
    alert("rcpt-lost");
    Instant evening = UTC.begins(today.plusDays(1)).minusSeconds(1);
    assertThat(verified(evening))
        .startsWith("1\n")
        .contains("BROKEN  " + today + ": alert rcpt-lost has no outcome since");
    Instant morning = after(0, Duration.ofMinutes(1));
    console(morning).writeDue();
    assertThat(verified(morning)).startsWith("1\n").contains("alert rcpt-lost has no outcome");
    assertThat(links().getFirst().statement().unexplained())
        .extracting(Statement.Unexplained::id)
        .containsExactly("rcpt-lost");
  }

  @Test
  void statementThatSaysOtherThanTheTopics_breaksIt() throws Exception {
    anOrdinaryDay();
    Statement honest;
    Instant now = after(0, Duration.ofMinutes(1));
    try (TopicLog log = StatementConfiguration.log(clients())) {
      honest =
          new Books(log)
              .close(
                  today.toString(),
                  new Books.Period(
                      UTC.begins(today), UTC.begins(today.plusDays(1)), UTC.settles(today)),
                  null);
    }
    Statement forged =
        Seal.on(
            new Statement(
                new Statement.Alerts(1, Map.of("OPENED", 1L), 0),
                honest.counted(),
                honest.day(),
                honest.deadLetters(),
                honest.effects(),
                honest.followed(),
                honest.from(),
                "",
                honest.incidents(),
                null,
                honest.settledAt(),
                honest.to(),
                List.of()));
    happened(Topics.STATEMENTS, forged.day(), forged);
    assertThat(verified(now))
        .startsWith("1\n")
        .contains(
            "alerts: it says 1 accepted, {OPENED=1}, 0 unexplained,"
                + " and the topics hold 2 accepted, {OPENED=2}, 0 unexplained",
            "does not hold: 1 findings");
    assertThat(verified(now, "--from", today.plusDays(1).toString())).startsWith("0\n");
    assertThat(console(now).writeDue()).as("the first of a day is the one there is").isZero();
  }
}
