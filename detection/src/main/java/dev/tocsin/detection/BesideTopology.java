// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.correlate.CorrelationSettings;
import dev.tocsin.detection.correlate.CorrelationTopology;
import dev.tocsin.detection.correlate.ServiceGraph;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;

/**
 * What is found out beside the page path: a program of Streams of its own, which commits for itself
 * and whose trouble is not a page's.
 */
final class BesideTopology {

  private BesideTopology() {}

  /**
   * @param partitions of each topic
   */
  static Topology build(
      CorrelationSettings correlation,
      ServiceGraph graph,
      int partitions,
      DetectionMetrics metrics) {
    StreamsBuilder builder = new StreamsBuilder();
    FlowTopology.addTo(builder, partitions, metrics);
    Topology topology = builder.build();
    CorrelationTopology.addTo(topology, correlation, graph, metrics::happened);
    return topology;
  }
}
