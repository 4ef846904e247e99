// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow;

import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.kafka.streams.Nodes;
import dev.tocsin.schemas.topic.Topics;
import dev.tocsin.workflow.run.Decider;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * What happens to an incident, to its steps and to its notifications meets the runs of that
 * incident in one partition; what follows goes out in the same transaction.
 *
 * <pre>
 * incidents ────┐                 ┌──▶ notifications
 * step-results ─┼──▶ respond ─────┼──▶ steps
 * deliveries ───┘   (incidents)   ├──▶ runs
 * settings ────────▶ (settings)   └──▶ dead-letters
 * beats ────────▶ pass-beats ────────▶ notifications
 * </pre>
 */
final class WorkflowTopology {

  static final String SERVICE = "workflow";

  private WorkflowTopology() {}

  static Topology of(Decider decider, WorkflowMetrics metrics) {
    Topology topology = new Topology();
    SettingsInForce settings = new SettingsInForce();
    Nodes.source(topology, "incidents", Topics.INCIDENTS);
    Nodes.source(topology, "step-results", Topics.STEP_RESULTS);
    Nodes.source(topology, "deliveries", Topics.DELIVERIES);
    topology.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(SettingsProcessor.STORE),
                Serdes.String(),
                Topics.SETTINGS.valueSerde())
            .withLoggingDisabled(),
        "settings",
        Topics.SETTINGS.keySerde().deserializer(),
        Topics.SETTINGS.valueSerde().deserializer(),
        Topics.SETTINGS.name(),
        "keep-settings",
        () -> new SettingsProcessor(settings));
    topology.addProcessor(
        "respond",
        () -> new RespondProcessor(decider, settings, metrics),
        "incidents",
        "step-results",
        "deliveries");
    topology.addStateStore(Shelf.store(RespondProcessor.STORE), "respond");
    Nodes.source(topology, "beats", Topics.BEATS);
    topology.addProcessor("pass-beats", BeatProcessor::new, "beats");
    Nodes.sink(topology, "notifications", Topics.NOTIFICATIONS, "respond", "pass-beats");
    Nodes.sink(topology, "steps", Topics.STEPS, "respond");
    Nodes.sink(topology, "runs", Topics.RUNS, "respond");
    Nodes.deadLetters(topology, "dead-letters", SERVICE, "respond");
    return topology;
  }
}
