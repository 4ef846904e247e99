// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.hold.HoldsInForce;
import dev.tocsin.kafka.streams.Nodes;
import dev.tocsin.schemas.hold.Inhibitor;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Topics;
import org.apache.kafka.streams.Topology;

/**
 * The way of an alert, and of a sample, through detection.
 *
 * <pre>
 * alerts, commands, anomalies, moves
 *                             → decide-incident → incidents, outcomes, anomalies, audit, inhibitors,
 *                                                 moves, which are read again above
 * settings, inhibitors        → keep-holds, on every instance, for decide-incident to ask
 * samples                     → judge-sample    → anomalies, which are read again above
 * samples with a limit        → forecast        → forecasts, anomalies
 * </pre>
 *
 * <p>Parts that meet at topics. The values that an alert carries are judged where the alert is
 * decided: the way over a topic would be one more commit for each alert. What an alert group is
 * about has the group for its key, so all of it meets in one partition.
 */
final class DetectionTopology {

  static final String SERVICE = "detection";

  static final String INCIDENTS = "incidents";
  static final String OUTCOMES = "alert-outcomes";
  static final String ANOMALIES = "found-anomalies";

  /** The same topic, for what the values of an alert show. */
  static final String FOUND = "alerts-anomalies";

  static final String AUDIT = "audit";
  static final String INHIBITORS = "told-inhibitors";
  static final String MOVES = "told-moves";
  static final String BEATS = "beats";
  static final String DEAD_LETTERS = "dead-letters";

  /** The same topic, from the part that judges samples. */
  static final String SAMPLE_DEAD_LETTERS = "sample-dead-letters";

  static final String FORECASTS = "forecasts";

  /** The topic of anomalies, from the part that forecasts. */
  static final String FORESEEN = "foreseen-anomalies";

  static final String FORECAST_DEAD_LETTERS = "forecast-dead-letters";

  private static final String FORECAST = "forecast";

  private static final String DECIDE = "decide-incident";

  private static final String JUDGE = "judge-sample";

  private DetectionTopology() {}

  /**
   * @param partitions of each topic
   */
  static Topology build(DetectionSettings settings, int partitions, DetectionMetrics metrics) {
    return build(settings, new HoldsInForce(), partitions, metrics);
  }

  /**
   * @param holds is told what holds alerts back
   * @param partitions of each topic
   */
  static Topology build(
      DetectionSettings settings, HoldsInForce holds, int partitions, DetectionMetrics metrics) {
    Topology topology = new Topology();

    Nodes.source(topology, "alerts", Topics.ALERTS);
    Nodes.source(topology, "commands", Topics.COMMANDS);
    Nodes.source(topology, "anomalies", Topics.ANOMALIES);
    Nodes.source(topology, "moves", Topics.MOVES);
    topology.addProcessor(
        DECIDE,
        IncidentProcessor.supplier(settings, holds, partitions, metrics),
        "alerts",
        "commands",
        "anomalies",
        "moves");
    Nodes.sink(topology, INCIDENTS, Topics.INCIDENTS, DECIDE);
    Nodes.sink(topology, OUTCOMES, Topics.ALERT_OUTCOMES, DECIDE);
    Nodes.sink(topology, FOUND, Topics.ANOMALIES, DECIDE);
    Nodes.sink(topology, AUDIT, Topics.AUDIT, DECIDE);
    Nodes.sink(topology, INHIBITORS, Topics.INHIBITORS, DECIDE);
    Nodes.sink(topology, MOVES, Topics.MOVES, DECIDE);
    Nodes.sink(topology, BEATS, Topics.BEATS, DECIDE);
    Nodes.deadLetters(topology, DEAD_LETTERS, SERVICE, DECIDE);

    Nodes.source(topology, "samples", Topics.SAMPLES);
    topology.addProcessor(JUDGE, SampleProcessor.supplier(settings, metrics), "samples");
    Nodes.sink(topology, ANOMALIES, Topics.ANOMALIES, JUDGE);
    Nodes.deadLetters(topology, SAMPLE_DEAD_LETTERS, SERVICE, JUDGE);

    topology.addProcessor(FORECAST, ForecastProcessor.supplier(settings, metrics), "samples");
    Nodes.sink(topology, FORECASTS, Topics.FORECASTS, FORECAST);
    Nodes.sink(topology, FORESEEN, Topics.ANOMALIES, FORECAST);
    Nodes.deadLetters(topology, FORECAST_DEAD_LETTERS, SERVICE, FORECAST);

    HoldsProcessor.addTo(topology, Topics.SETTINGS, Setting.class, holds::put);
    HoldsProcessor.addTo(topology, Topics.INHIBITORS, Inhibitor.class, holds::put);

    return topology;
  }
}
