// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.deadletter;

import dev.tocsin.console.journal.Journal;
import dev.tocsin.console.view.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays and drops dead letters. A fate is written down after the deed: a console killed between
 * the two leaves a letter that waits and was replayed, and replaying it again does no harm, since
 * ids come from content.
 */
public final class Undertaking {

  /** Letters held in memory and sent at once. */
  private static final int AT_ONCE = 20;

  private static final long VISIBLE_WITHIN_MILLIS = 2_000;
  private static final Logger LOG = LoggerFactory.getLogger(Undertaking.class);

  private final DeadLetters letters;
  private final Journal journal;
  private final Position position;

  public Undertaking(DeadLetters letters, Journal journal, Position position) {
    this.letters = letters;
    this.journal = journal;
    this.position = position;
  }

  /** Where the record lies now. */
  RecordMetadata replay(Letter letter, String by) {
    RecordMetadata written =
        journal.write(
            by, "dead-letter.replay", letter.id(), "to " + letter.origin(), record(letter));
    awaitShown(
        journal.audit(
            by,
            Fate.REPLAYED,
            letter.id(),
            "to %s %d/%d".formatted(written.topic(), written.partition(), written.offset())));
    return written;
  }

  /** In the order given. */
  void replayAll(List<Letter.Summary> wanted, String by) {
    for (int from = 0; from < wanted.size(); from += AT_ONCE) {
      List<Letter.Summary> some = wanted.subList(from, Math.min(from + AT_ONCE, wanted.size()));
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      some.forEach(s -> letters.find(s.id()).ifPresent(letter -> records.add(record(letter))));
      journal.writeAll(
          by,
          "dead-letter.replay",
          some.getFirst().id(),
          "%d dead letters up to %s".formatted(some.size(), some.getLast().id()),
          records);
      sealAll(some, by, Fate.REPLAYED, letter -> "to " + letter.origin());
    }
  }

  void dropAll(List<Letter.Summary> wanted, String by, String reason) {
    sealAll(wanted, by, Fate.DROPPED, _ -> reason);
  }

  private void sealAll(
      List<Letter.Summary> wanted,
      String by,
      String action,
      Function<Letter.Summary, String> detail) {
    RecordMetadata last = null;
    for (Letter.Summary letter : wanted) {
      last = journal.audit(by, action, letter.id(), detail.apply(letter));
    }
    if (last != null) {
      awaitShown(last);
    }
  }

  /** Whoever asks next sees what they did. */
  private void awaitShown(RecordMetadata entry) {
    if (!position.awaitRead(
        entry.topic(), entry.partition(), entry.offset(), VISIBLE_WITHIN_MILLIS)) {
      LOG.info("a dead letter's fate is written; the view shows it later");
    }
  }

  private static ProducerRecord<byte[], byte[]> record(Letter letter) {
    RecordHeaders headers = new RecordHeaders();
    letter.headers().forEach(header -> headers.add(header.name(), Letter.bytes(header.value())));
    return new ProducerRecord<>(
        letter.origin(), null, Letter.bytes(letter.key()), Letter.bytes(letter.value()), headers);
  }
}
