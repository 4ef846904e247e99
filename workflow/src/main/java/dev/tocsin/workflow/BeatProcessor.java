// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow;

import dev.tocsin.schemas.beat.Beat;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Plans the delivery of a beat, which pages nobody: it goes where pages go. */
final class BeatProcessor extends ContextualProcessor<String, Beat, String, Notification> {

  @Override
  public void process(Record<String, Beat> record) {
    Beat beat = record.value();
    if (beat != null) {
      Notification planned = notification(beat, Instant.ofEpochMilli(record.timestamp()));
      context().forward(record.withKey(planned.endpoint()).withValue(planned));
    }
  }

  private static Notification notification(Beat beat, Instant now) {
    return new Notification(
        Notification.deliveryId(Beat.ENDPOINT, beat.id()),
        Beat.ENDPOINT,
        beat.group(),
        0,
        beat.id(),
        null,
        beat.receivedAt(),
        now,
        new Content.Event(beat.id(), Beat.EVENT_TYPE, beat.sentAt().toString()));
  }
}
