// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.flow.Report;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topics;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * What is unusual about the alerts that come.
 *
 * <pre>
 * alerts → report-alert → by organisation → watch-flow → anomalies
 * </pre>
 */
final class FlowTopology {

  private FlowTopology() {}

  /**
   * @param partitions of each topic
   */
  static void addTo(StreamsBuilder builder, int partitions, DetectionMetrics metrics) {
    builder.stream(
            Topics.ALERTS.name(),
            Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("flowing-alerts"))
        .process(() -> new ReportProcessor(metrics), Named.as("report-alert"))
        .repartition(
            Repartitioned.<String, Report>as("reports")
                .withKeySerde(Serdes.String())
                .withValueSerde(reports()))
        .process(FlowProcessor.supplier(partitions, metrics), Named.as("watch-flow"))
        .to(
            Topics.ANOMALIES.name(),
            Produced.with(Topics.ANOMALIES.keySerde(), Topics.ANOMALIES.valueSerde())
                .withName("flow-anomalies"));
  }

  /** They travel between our own processors only, and are no part of what is published. */
  private static Serde<Report> reports() {
    return Serdes.serdeFrom(
        (_, report) -> Json.MAPPER.writeValueAsBytes(report),
        (_, bytes) -> Json.MAPPER.readValue(bytes, Report.class));
  }
}
