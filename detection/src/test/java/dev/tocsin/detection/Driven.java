// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.schemas.topic.Topic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;

/** A topology without a broker, and its topics as our records. */
public final class Driven {

  private Driven() {}

  /**
   * @param state where its stores lie
   * @param start what its clock says
   */
  public static TopologyTestDriver by(Topology topology, Path state, Instant start) {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    return new TopologyTestDriver(topology, config, start);
  }

  public static <V> TestInputTopic<String, V> in(TopologyTestDriver driver, Topic<V> topic) {
    return driver.createInputTopic(
        topic.name(), new StringSerializer(), topic.valueSerde().serializer());
  }

  public static <V> TestOutputTopic<String, V> out(TopologyTestDriver driver, Topic<V> topic) {
    return driver.createOutputTopic(
        topic.name(), topic.keySerde().deserializer(), topic.valueSerde().deserializer());
  }
}
