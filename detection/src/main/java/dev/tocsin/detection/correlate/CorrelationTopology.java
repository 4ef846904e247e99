// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import dev.tocsin.kafka.streams.Nodes;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.topic.Topics;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.streams.Topology;

/**
 * How incidents of all partitions meet.
 *
 * <pre>
 * incidents          → spread    → incidents-together, all in one partition
 * incidents-together → correlate → incidents (related), service-edges
 * </pre>
 */
public final class CorrelationTopology {

  static final String SERVICE = "detection";

  /** Of {@code incidents-together}: where everything is. */
  static final int PARTITION = 0;

  static final String INCIDENTS = "related";
  static final String SERVICE_EDGES = "service-edges";
  static final String DEAD_LETTERS = "correlation-dead-letters";

  private static final String SPREAD = "spread";
  private static final String CORRELATE = "correlate";

  private CorrelationTopology() {}

  /**
   * @param happened is told each event that correlation adds
   */
  public static void addTo(
      Topology topology,
      CorrelationSettings settings,
      ServiceGraph graph,
      Consumer<IncidentEvent> happened) {
    Nodes.source(topology, "incidents", Topics.INCIDENTS);
    topology.addProcessor(SPREAD, SpreadProcessor::new, "incidents");
    topology.addSink(
        "incidents-together",
        Topics.INCIDENTS_TOGETHER.name(),
        Topics.INCIDENTS_TOGETHER.keySerde().serializer(),
        Topics.INCIDENTS_TOGETHER.valueSerde().serializer(),
        (_, _, _, _) -> Optional.of(Set.of(PARTITION)),
        SPREAD);

    Nodes.source(topology, "together", Topics.INCIDENTS_TOGETHER);
    topology.addProcessor(
        CORRELATE, CorrelateProcessor.supplier(settings, graph, happened), "together");
    Nodes.sink(topology, INCIDENTS, Topics.INCIDENTS, CORRELATE);
    Nodes.sink(topology, SERVICE_EDGES, Topics.SERVICE_EDGES, CORRELATE);
    Nodes.deadLetters(topology, DEAD_LETTERS, SERVICE, CORRELATE);
  }
}
