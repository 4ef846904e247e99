// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tocsin.ingest.admission.Admission;
import dev.tocsin.ingest.admission.AdmissionSettings;
import dev.tocsin.ingest.auth.SourceSettings;
import dev.tocsin.ingest.body.BodyReader;
import dev.tocsin.ingest.body.LimitSettings;
import dev.tocsin.ingest.refusal.Refusal;
import dev.tocsin.ingest.spool.KafkaLog;
import dev.tocsin.ingest.spool.Spool;
import dev.tocsin.ingest.spool.SpoolSettings;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.springframework.util.unit.DataSize;

/**
 * Inputs nobody should send, each with its verdict: a status, OK, Q (kept whole as a dead letter,
 * and an alert says so), T (accepted with a part cut off, and a note of it), X (refused at start).
 *
 * <p>Those that need a connection are in {@link IngestApplicationTest}.
 */
class BadInputTest {

  private static final AdmissionSettings ADMISSION =
      new AdmissionSettings(64, DataSize.ofMegabytes(32));

  @TempDir Path directory;
  private final FakeKafka broker = new FakeKafka();
  private Spool spool;
  private AlertIntake intake;

  @BeforeEach
  void start() {
    spool =
        new Spool(directory, new SpoolSettings(Duration.ofMillis(250), DataSize.ofMegabytes(64)));
    KafkaLog kafka = new KafkaLog(broker::send, topic -> {});
    kafka.open();
    intake =
        new AlertIntake(
            new Sources(
                Map.of(
                    "grafana", source("let-me-in", null, null, true),
                    "signed", source(null, "secret", BadInputs.TIME, true),
                    "other", source(null, "other", BadInputs.TIME, true),
                    "alertmanager", source("alertmanager", "let-me-in", null, null, true),
                    "off", source(null, "secret", null, false)),
                new IngestConfiguration().sourceCatalog()),
            new Entrance(
                new Admission(ADMISSION, "wait"),
                new Admission(ADMISSION, "wait"),
                () -> Readers.NOW),
            new BodyReader(LimitSettings.DEFAULT),
            Readers.reader(),
            new AlertWriter(kafka, spool, Duration.ofMillis(250)),
            new IngestMetrics(new SimpleMeterRegistry()),
            () -> Readers.NOW);
  }

  @AfterEach
  void stop() {
    spool.close();
  }

  @ParameterizedTest(name = "{0} {1}: {3}")
  @CsvFileSource(resources = "/bad-inputs.csv", numLinesToSkip = 1)
  void input_hasTheVerdictOfTheTable(
      int number, String name, String builder, String verdict, @Nullable String shows) {
    if (verdict.equals("X")) {
      assertThatThrownBy(() -> sourceWithEmptySecret())
          .hasMessageContaining("hmac-secret is empty");
      return;
    }
    BadInputs.Input input = BadInputs.build(builder);

    assertThat(verdict(input)).isEqualTo(verdict);

    if (verdict.matches("\\d+")) {
      assertThat(broker.tried()).as("nothing of it is kept").isZero();
    } else {
      assertThat(alerts()).isNotEmpty().allMatch(alert -> !alert.title().isBlank());
      assertThat(Json.MAPPER.writeValueAsString(alerts()))
          .contains(shows == null ? "" : shows)
          .doesNotContain("Infinity");
    }
  }

  @Test
  @Tag("bad-input-41")
  void thousandAlerts_areAThousandRecords_andTheSameOnesWhenSentAgain() {
    BadInputs.Input input = BadInputs.build("thousand");

    intake.take(input.source(), input);
    List<Alert> first = alerts();
    intake.take(input.source(), input);

    assertThat(first).hasSize(1000).extracting(Alert::fingerprint).doesNotHaveDuplicates();
    assertThat(alerts().subList(1000, 2000))
        .extracting(Alert::fingerprint, Alert::group, Alert::status)
        .isEqualTo(first.stream().map(a -> tuple(a.fingerprint(), a.group(), a.status())).toList());
  }

  @Test
  @Tag("bad-input-42")
  void startThatCannotBeBelieved_isTheTimeOfReceipt() {
    for (String builder : List.of("year-one", "year-9999", "no-start", "no-zone")) {
      BadInputs.Input input = BadInputs.build(builder);
      intake.take(input.source(), input);
    }

    assertThat(alerts()).extracting(Alert::startsAt).containsOnly(Readers.NOW);
  }

  private String verdict(BadInputs.Input input) {
    Receipt receipt;
    try {
      receipt = intake.take(input.source(), input);
    } catch (Refusal refusal) {
      return Integer.toString(refusal.reason().status());
    }
    assertThat(receipt.accepted()).isEqualTo(alerts().size());
    if (receipt.unreadable() != null) {
      return "Q";
    }
    boolean cut =
        alerts().stream()
            .anyMatch(
                alert ->
                    alert.annotations().getOrDefault("tocsin_notes", "").contains(" kept")
                        || alert.labels().values().stream().anyMatch(v -> v.length() > 1000));
    return cut ? "T" : "OK";
  }

  private List<Alert> alerts() {
    return broker.log().stream()
        .filter(record -> record.topic().equals(Topics.ALERTS.name()))
        .map(
            record ->
                Topics.ALERTS
                    .valueSerde()
                    .deserializer()
                    .deserialize(record.topic(), record.value()))
        .toList();
  }

  private static Sources sourceWithEmptySecret() {
    return new Sources(
        Map.of("grafana", source(null, "", null, true)), new IngestConfiguration().sourceCatalog());
  }

  private static SourceSettings source(
      @Nullable String token, @Nullable String secret, @Nullable String time, boolean enabled) {
    return source("grafana", token, secret, time, enabled);
  }

  private static SourceSettings source(
      String type,
      @Nullable String token,
      @Nullable String secret,
      @Nullable String time,
      boolean enabled) {
    return new SourceSettings(
        type,
        token == null ? null : List.of(token),
        secret == null ? null : List.of(secret),
        time,
        null,
        null,
        enabled,
        false);
  }
}
