// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.notifier.watch.LaneBoard;
import dev.tocsin.notifier.watch.NotifierMetrics;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Our side of a round, without a broker: the incidents topic is read, what is written is kept. */
final class WithoutBroker {

  private static final TopicPartition INCIDENTS = new TopicPartition(Topics.INCIDENTS.name(), 0);

  final WatchList watchList = new WatchList();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MockConsumer<byte[], byte[]> incidents = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

  WithoutBroker() {
    Node node = new Node(0, "h", 1);
    incidents.updatePartitions(
        INCIDENTS.topic(),
        List.of(
            new PartitionInfo(INCIDENTS.topic(), 0, node, new Node[] {node}, new Node[] {node})));
    incidents.updateBeginningOffsets(Map.of(INCIDENTS, 0L));
    incidents.updateEndOffsets(Map.of(INCIDENTS, 0L));
  }

  OurSide side(InstantSource clock) {
    NotifierMetrics metrics = new NotifierMetrics(meters, new LaneBoard(), clock);
    return new OurSide(
        new IncidentFeed(incidents, watchList, clock),
        watchList,
        new Outbox(producer, watchList, metrics),
        metrics,
        clock);
  }

  List<Command> commands() {
    return written(Topics.COMMANDS);
  }

  <T> List<T> written(Topic<T> topic) {
    return producer.history().stream()
        .filter(record -> record.topic().equals(topic.name()))
        .map(record -> topic.valueSerde().deserializer().deserialize("any", record.value()))
        .toList();
  }

  boolean nothingIsWritten() {
    return producer.history().isEmpty();
  }

  /** All that was written, as it was. */
  List<ProducerRecord<byte[], byte[]>> records() {
    return producer.history();
  }

  /** The topic has one event, which nobody has read yet. */
  void happened(IncidentEvent event) {
    byte[] value = Topics.INCIDENTS.valueSerde().serializer().serialize("any", event);
    incidents.updateEndOffsets(Map.of(INCIDENTS, 1L));
    incidents.schedulePollTask(
        () ->
            incidents.addRecord(new ConsumerRecord<>(INCIDENTS.topic(), 0, 0, new byte[0], value)));
  }
}
