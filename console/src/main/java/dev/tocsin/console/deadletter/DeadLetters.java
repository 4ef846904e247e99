// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.deadletter;

import dev.tocsin.console.view.Changes;
import dev.tocsin.console.view.Counters;
import dev.tocsin.console.view.Family;
import dev.tocsin.console.view.Fold;
import dev.tocsin.console.view.Listing;
import dev.tocsin.console.view.Page;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.console.view.Rows;
import dev.tocsin.console.view.Table;
import dev.tocsin.schemas.deadletter.DeadLetterHeaders;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Dead letters of all services, as the view holds them. */
public final class DeadLetters {

  /** The counter of dead letters by service. */
  public static final String COUNTED_AS = "dead-letter";

  static final String STORY = "tocsin_";

  private static final Table LETTERS = new Table(Family.DAYS_90, "dead-letter");
  private static final Listing<Letter.Summary> LISTING =
      new Listing<>(Family.DAYS_90, "dead-letter-list", Letter.Summary.class);

  private final Rows rows;

  public DeadLetters(Rows rows) {
    this.rows = rows;
  }

  public static List<Fold> folds() {
    return Topics.DEAD_LETTER_SERVICES.stream().map(DeadLetters::fold).toList();
  }

  private static Fold fold(String service) {
    return new Fold() {
      @Override
      public String topic() {
        return Topics.deadLetters(service);
      }

      @Override
      public void apply(ConsumerRecord<byte[], byte[]> record, Changes changes) {
        setAside(letter(service, record), record, changes);
      }
    };
  }

  private static void setAside(
      Letter letter, ConsumerRecord<byte[], byte[]> record, Changes changes) {
    changes.put(LETTERS.key(letter.id()), letter);
    int size = Math.max(record.serializedValueSize(), 0);
    LISTING.put(changes, List.of(letter.service()), letter.at(), letter.id(), letter.summary(size));
    Counters.add(changes, COUNTED_AS, letter.service(), 1);
  }

  private static Letter letter(String service, ConsumerRecord<byte[], byte[]> record) {
    List<Letter.Header> own = new ArrayList<>();
    for (Header header : record.headers()) {
      if (!header.key().startsWith(STORY)) {
        own.add(new Letter.Header(header.key(), Letter.base64(header.value())));
      }
    }
    String origin = header(record, DeadLetterHeaders.ORIGIN);
    String cause = header(record, DeadLetterHeaders.CAUSE);
    return new Letter(
        "%s-%d-%d".formatted(service, record.partition(), record.offset()),
        service,
        origin == null ? "unknown" : origin,
        header(record, DeadLetterHeaders.POSITION),
        cause == null ? "nobody said why" : cause,
        at(record),
        Letter.base64(record.key()),
        Letter.base64(record.value()),
        null,
        own);
  }

  private static Instant at(ConsumerRecord<byte[], byte[]> record) {
    String at = header(record, DeadLetterHeaders.AT);
    try {
      return at == null ? Instant.ofEpochMilli(record.timestamp()) : Instant.parse(at);
    } catch (DateTimeParseException e) {
      return Instant.ofEpochMilli(record.timestamp());
    }
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  Optional<Letter> find(String id) {
    return rows.find(LETTERS.key(id), Letter.class).map(Letter::readable);
  }

  Page<Letter.Summary> page(@Nullable String service, PageRequest request) {
    return LISTING.page(rows, service == null ? Listing.ALL : service, request, _ -> true);
  }
}
