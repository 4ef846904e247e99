// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.deadletter;

import dev.tocsin.console.effect.Effects;
import dev.tocsin.console.view.Changes;
import dev.tocsin.console.view.Counters;
import dev.tocsin.console.view.Family;
import dev.tocsin.console.view.Fold;
import dev.tocsin.console.view.Key;
import dev.tocsin.console.view.Listing;
import dev.tocsin.console.view.Page;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.console.view.Rows;
import dev.tocsin.console.view.Table;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.deadletter.DeadLetterHeaders;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** Dead letters of all services, as the view holds them, and what people did with them. */
public final class DeadLetters {

  /** The counter of dead letters by service and state. */
  private static final String COUNTED_AS = "dead-letter";

  private static final String STORY = "tocsin_";
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  private static final Table LETTERS = new Table(Family.DAYS_90, "dead-letter");

  /** Audit entries may be read before the letter they are about. */
  private static final Table FATES = new Table(Family.DAYS_90, "dead-letter-fate");

  private static final Listing<Letter.Summary> LISTING =
      new Listing<>(Family.DAYS_90, "dead-letter-list", Letter.Summary.class);

  /** Letters one query looks at, at most. */
  private static final int MOST_LOOKED_AT = 100_000;

  private static final int AT_ONCE = 1_000;

  private final Rows rows;

  public DeadLetters(Rows rows) {
    this.rows = rows;
  }

  /** {@code setAside = waiting + replayed + dropped}. */
  public record OfService(long setAside, long waiting, long replayed, long dropped) {}

  public static List<Fold> folds() {
    List<Fold> folds = new ArrayList<>();
    Topics.DEAD_LETTER_SERVICES.forEach(service -> folds.add(fold(service)));
    folds.add(Fold.of(Topics.AUDIT, (entry, _, changes) -> decided(entry, changes)));
    return folds;
  }

  private static Fold fold(String service) {
    return new Fold() {
      @Override
      public String topic() {
        return Topics.deadLetters(service);
      }

      @Override
      public void apply(ConsumerRecord<byte[], byte[]> record, Changes changes) {
        setAside(letter(service, record), changes);
        if (Topics.NOTIFICATIONS.name().equals(header(record, DeadLetterHeaders.ORIGIN))) {
          notification(record.value()).ifPresent(n -> Effects.setAside(n, changes));
        }
      }
    };
  }

  private static void setAside(Letter letter, Changes changes) {
    put(letter.with(changes.find(FATES.key(letter.id()), Fate.class).orElse(null)), changes);
  }

  private static void decided(AuditEntry entry, Changes changes) {
    Fate fate = Fate.of(entry).orElse(null);
    if (fate == null) {
      return;
    }
    changes.put(FATES.key(entry.target()), fate);
    Key key = LETTERS.key(entry.target());
    changes
        .find(key, Letter.class)
        .ifPresent(
            before -> {
              LISTING.remove(changes, drawers(before), before.at(), before.id());
              count(changes, before, -1);
              put(before.with(fate), changes);
            });
  }

  private static void put(Letter letter, Changes changes) {
    changes.put(LETTERS.key(letter.id()), letter);
    LISTING.put(changes, drawers(letter), letter.at(), letter.id(), letter.summary());
    count(changes, letter, 1);
  }

  private static List<String> drawers(Letter letter) {
    return List.of(letter.service(), letter.state().name());
  }

  private static void count(Changes changes, Letter letter, long difference) {
    Counters.add(changes, COUNTED_AS, letter.service() + '/' + letter.state(), difference);
  }

  /** Empty for bytes that are none: what they would have told nobody knows. */
  private static Optional<Notification> notification(byte @Nullable [] value) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.MAPPER.readValue(value, Notification.class));
    } catch (JacksonException e) {
      LOG.debug("a dead letter is no notification", e);
      return Optional.empty();
    }
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
        own,
        null);
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

  /** By service, those that ever set something aside. */
  public static Map<String, OfService> byService(Counters counters) {
    Map<String, Long> counts = counters.of(COUNTED_AS);
    Map<String, OfService> services = new TreeMap<>();
    for (String service : Topics.DEAD_LETTER_SERVICES) {
      long waiting = count(counts, service, Fate.State.WAITING);
      long replayed = count(counts, service, Fate.State.REPLAYED);
      long dropped = count(counts, service, Fate.State.DROPPED);
      long all = waiting + replayed + dropped;
      if (all > 0) {
        services.put(service, new OfService(all, waiting, replayed, dropped));
      }
    }
    return services;
  }

  private static long count(Map<String, Long> counts, String service, Fate.State state) {
    return counts.getOrDefault(service + '/' + state, 0L);
  }

  Optional<Letter> find(String id) {
    return rows.find(LETTERS.key(id), Letter.class).map(Letter::readable);
  }

  Page<Letter.Summary> page(Query query, Fate.@Nullable State state, PageRequest request) {
    String drawer = query.service();
    if (drawer == null) {
      drawer = state == null ? Listing.ALL : state.name();
    }
    return LISTING.page(
        rows,
        drawer,
        request,
        letter -> (state == null || letter.state() == state) && query.test(letter));
  }

  /** Those that wait, the first set aside first. */
  List<Letter.Summary> waiting(Query query) {
    List<Letter.Summary> found = new ArrayList<>();
    String cursor = null;
    do {
      Page<Letter.Summary> page = page(query, Fate.State.WAITING, new PageRequest(cursor, AT_ONCE));
      found.addAll(page.items());
      cursor = page.next();
    } while (cursor != null && found.size() < MOST_LOOKED_AT);
    found.sort(Comparator.comparing(Letter.Summary::at));
    return found;
  }
}
