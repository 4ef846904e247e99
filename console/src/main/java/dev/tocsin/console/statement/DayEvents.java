// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.statement;

import dev.tocsin.console.deadletter.Fate;
import dev.tocsin.schemas.statement.Statement.Letters;
import dev.tocsin.schemas.topic.Topics;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a day's records say happened to incidents and to dead letters. */
final class DayEvents {

  private static final Set<String> TURNS = Set.of("opened", "reopened", "resolved");

  private final Map<String, Long> incidents = new TreeMap<>();
  private final Map<String, Letters> letters = new TreeMap<>();

  private record Event(String type) {}

  private record Audited(String action, String target) {}

  void counted(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(Topics.INCIDENTS.name())) {
      DayBook.read(record, Event.class)
          .filter(event -> TURNS.contains(event.type()))
          .ifPresent(event -> incidents.merge(event.type(), 1L, Long::sum));
    } else if (record.topic().equals(Topics.AUDIT.name())) {
      DayBook.read(record, Audited.class).ifPresent(this::audited);
    } else {
      Topics.DEAD_LETTER_SERVICES.stream()
          .filter(service -> record.topic().equals(Topics.deadLetters(service)))
          .forEach(service -> add(service, new Letters(0, 0, 1)));
    }
  }

  private void audited(Audited audited) {
    Letters difference =
        switch (audited.action()) {
          case Fate.REPLAYED -> new Letters(0, 1, 0);
          case Fate.DROPPED -> new Letters(1, 0, 0);
          default -> null;
        };
    if (difference != null) {
      Topics.DEAD_LETTER_SERVICES.stream()
          .filter(service -> audited.target().startsWith(service + '-'))
          .forEach(service -> add(service, difference));
    }
  }

  private void add(String service, Letters difference) {
    letters.merge(service, difference, Sums::plus);
  }

  Map<String, Long> incidents() {
    return incidents;
  }

  Map<String, Letters> letters() {
    return letters;
  }
}
