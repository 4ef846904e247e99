// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.flow.Report;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.topic.Topics;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes of an alert what its flow is told by. What cannot be read or lacks something is counted and
 * passed over: where alerts are decided it becomes a dead letter, and one is enough.
 */
final class ReportProcessor implements Processor<String, byte[], String, Report> {

  private final DetectionMetrics metrics;

  @SuppressWarnings("NullAway.Init") // Streams calls init first.
  private ProcessorContext<String, Report> context;

  ReportProcessor(DetectionMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Report> context) {
    this.context = context;
  }

  @Override
  public void process(Record<String, byte[]> record) {
    Report report;
    try {
      Alert alert =
          Topics.ALERTS
              .valueSerde()
              .deserializer()
              .deserialize(Topics.ALERTS.name(), record.value());
      if (alert.kind() == AlertKind.TEST || alert.kind() == AlertKind.UNREADABLE) {
        return;
      }
      report = Report.of(alert);
    } catch (RuntimeException e) {
      metrics.passedOver();
      return;
    }
    // Without headers: they describe an alert.
    context.forward(new Record<>(report.org(), report, record.timestamp()));
  }
}
