// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.kafka.deadletter.DeadLetter;
import dev.tocsin.notifier.watch.NotifierMetrics;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Writes what was decided, each once as far as it remembers, and returns when it is durable. */
final class Outbox {

  private static final long WITHIN_SECONDS = 30;
  private static final int REMEMBERED = 10_000;

  private final Producer<byte[], byte[]> producer;
  private final WatchList watchList;
  private final NotifierMetrics metrics;
  private final Map<String, Boolean> written = Recent.map(REMEMBERED);

  Outbox(Producer<byte[], byte[]> producer, WatchList watchList, NotifierMetrics metrics) {
    this.producer = producer;
    this.watchList = watchList;
    this.metrics = metrics;
  }

  void write(Collection<Command> commands)
      throws InterruptedException, ExecutionException, TimeoutException {
    for (Command command : commands) {
      write(command);
    }
  }

  void write(Command command) throws InterruptedException, ExecutionException, TimeoutException {
    if (written.containsKey(command.id())) {
      return;
    }
    write(Topics.COMMANDS, command.scope(), command);
    written.put(command.id(), true);
    String kind =
        switch (command) {
          case Command.Acknowledge c -> {
            watchList.asked(c.incidentId(), Watched.Asked.ACKNOWLEDGE);
            yield "acknowledge";
          }
          case Command.Resolve c -> {
            watchList.asked(c.incidentId(), Watched.Asked.RESOLVE);
            yield "resolve";
          }
          case Command.AddNote _ -> "note";
          case Command.MoveAlerts _,
              Command.ReplayDelivery _,
              Command.TestSubscription _,
              Command.DeleteSubscription _ ->
              throw new IllegalStateException("not decided here: " + command);
        };
    metrics.calledBack(command.via(), kind);
  }

  void write(Stray stray) throws InterruptedException, ExecutionException, TimeoutException {
    write(Topics.NOTIFICATIONS, stray.heal().endpoint(), stray.heal());
    write(Topics.AUDIT, stray.audit().actor(), stray.audit());
    write(stray.note());
    metrics.healed(stray.heal().channel());
  }

  void write(DeadLetter letter) throws InterruptedException, ExecutionException, TimeoutException {
    write(letter.toRecord());
  }

  private <T> void write(Topic<T> topic, String key, T value)
      throws InterruptedException, ExecutionException, TimeoutException {
    Headers headers = new RecordHeaders();
    byte[] bytes = topic.valueSerde().serializer().serialize(topic.name(), headers, value);
    write(
        new ProducerRecord<>(
            topic.name(), null, key.getBytes(StandardCharsets.UTF_8), bytes, headers));
  }

  private void write(ProducerRecord<byte[], byte[]> record)
      throws InterruptedException, ExecutionException, TimeoutException {
    producer.send(record).get(WITHIN_SECONDS, TimeUnit.SECONDS);
  }
}
