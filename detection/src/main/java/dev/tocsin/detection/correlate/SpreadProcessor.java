// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import dev.tocsin.schemas.incident.IncidentEvent;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Hands on what correlation needs. What correlation itself says is not among it, so nothing goes
 * round.
 */
final class SpreadProcessor implements Processor<String, Object, Object, Object> {

  @SuppressWarnings("NullAway.Init") // Streams calls init first.
  private ProcessorContext<Object, Object> context;

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
  }

  @Override
  public void process(Record<String, Object> record) {
    if (record.value() instanceof IncidentEvent event && Correlation.isOf(event)) {
      context.forward(record.withKey(event.incidentId()).withValue(event));
    }
  }
}
