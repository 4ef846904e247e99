// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IncidentFeedTest {

  private static final String TOPIC = Topics.INCIDENTS.name();
  private static final TopicPartition ONLY = new TopicPartition(TOPIC, 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final WatchList watchList = new WatchList();
  private final IncidentFeed feed = new IncidentFeed(consumer, watchList, InstantSource.system());
  private long next;

  @BeforeEach
  void topic() {
    Node node = new Node(0, "h", 1);
    consumer.updatePartitions(
        TOPIC, List.of(new PartitionInfo(TOPIC, 0, node, new Node[] {node}, new Node[] {node})));
    consumer.updateBeginningOffsets(Map.of(ONLY, 0L));
    consumer.updateEndOffsets(Map.of(ONLY, 0L));
  }

  @Test
  void everythingCommitted_isReadFromTheBeginning_andThenWhatIsNew() {
    writes(WatchListTest.opened("inc_1"), WatchListTest.opened("inc_2"));
    assertThat(feed.catchUp()).isTrue();
    assertThat(watchList.unresolved()).hasSize(2);

    writes(WatchListTest.resolved("inc_1"));
    assertThat(feed.catchUp()).isTrue();
    assertThat(watchList.dedupKeys()).containsExactly("tocsin-inc_2-1");
  }

  @Test
  void emptyTopic_isReadAtOnce() {
    assertThat(feed.catchUp()).isTrue();
    assertThat(watchList.unresolved()).isEmpty();
  }

  @Test
  void whatIsNoEvent_isPassedOver() {
    write("{".getBytes(StandardCharsets.UTF_8));
    writes(WatchListTest.opened("inc_1"));
    assertThat(feed.catchUp()).isTrue();
    assertThat(watchList.unresolved()).hasSize(1);
  }

  private void writes(IncidentEvent... events) {
    for (IncidentEvent event : events) {
      write(Topics.INCIDENTS.valueSerde().serializer().serialize(TOPIC, event));
    }
  }

  /** The consumer takes records only once partitions are assigned. */
  private void write(byte[] value) {
    long offset = next++;
    consumer.updateEndOffsets(Map.of(ONLY, next));
    consumer.schedulePollTask(
        () -> consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, new byte[0], value)));
  }
}
