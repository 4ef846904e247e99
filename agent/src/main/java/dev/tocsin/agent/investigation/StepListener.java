// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.investigation;

import dev.tocsin.agent.outbox.Outbox;
import dev.tocsin.schemas.step.Step;
import dev.tocsin.schemas.topic.Topics;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Takes steps from their topic and hands them out.
 *
 * <p>The offset is committed before the work is done: a step that gets lost with this process is
 * handed out again by workflow, and one that was done twice would cost a model's tokens twice.
 */
public final class StepListener implements BatchAcknowledgingMessageListener<byte[], byte[]> {

  private static final String INVESTIGATE = "investigate";

  private final Investigations investigations;
  private final Outbox outbox;
  private final InstantSource clock;

  public StepListener(Investigations investigations, Outbox outbox, InstantSource clock) {
    this.investigations = investigations;
    this.outbox = outbox;
    this.clock = clock;
  }

  private record Taken(Step step, ConsumerRecord<byte[], byte[]> record) {}

  @Override
  public void onMessage(
      List<ConsumerRecord<byte[], byte[]>> records,
      @org.jspecify.annotations.Nullable Acknowledgment acknowledgment) {
    List<Taken> taken = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        Step step =
            Topics.STEPS.valueSerde().deserializer().deserialize(record.topic(), record.value());
        if (step != null && INVESTIGATE.equals(step.kind())) {
          taken.add(new Taken(step, record));
        }
      } catch (SerializationException e) {
        outbox.setAside(record, String.valueOf(e.getMessage()), clock.instant()).join();
      }
    }
    if (acknowledgment != null) {
      acknowledgment.acknowledge();
    }
    taken.forEach(t -> investigations.take(t.step(), Outbox.traceOf(t.record())));
  }
}
