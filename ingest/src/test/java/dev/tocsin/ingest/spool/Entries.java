// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.spool;

import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.springframework.util.unit.DataSize;

/** Messages to spool. */
final class Entries {

  static final Instant T0 = Instant.parse("2026-11-22T10:05:00Z");
  static final SpoolSettings SETTINGS =
      new SpoolSettings(Duration.ofMillis(250), DataSize.ofMegabytes(64));

  private Entries() {}

  static Entry entry(String receipt) {
    return entry(receipt, bytes("{\"of\":\"" + receipt + "\"}"));
  }

  static Entry entry(String receipt, byte[] value) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("tocsin_receipt", bytes(receipt));
    return new Entry(
        receipt,
        T0,
        List.of(new ProducerRecord<>(Topics.ALERTS.name(), null, bytes("group"), value, headers)));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Spool open(Path directory) {
    return new Spool(directory, SETTINGS);
  }

  /** The receipts that wait, in order. */
  static List<String> waiting(SourceSpool spool) throws Exception {
    return spool.first(1000, Long.MAX_VALUE).stream().map(w -> w.entry().receipt()).toList();
  }
}
