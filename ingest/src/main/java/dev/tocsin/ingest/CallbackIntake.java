// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.ingest.admission.Admission;
import dev.tocsin.ingest.admission.Admission.Permit;
import dev.tocsin.ingest.body.BodyReader;
import dev.tocsin.ingest.callback.Vendors;
import dev.tocsin.ingest.callback.Vendors.Caller;
import dev.tocsin.ingest.refusal.Refusal;
import dev.tocsin.ingest.source.MessageReader;
import dev.tocsin.ingest.source.Unreadable;
import dev.tocsin.ingest.spool.KafkaLog;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.callback.Callback;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's webhook's way in. Vendors repeat what is not answered with a 2xx in time, so there is
 * no spool: what Kafka does not confirm is refused. They give up a subscription over refusals, so
 * whatever is signed is accepted, of use or not.
 */
final class CallbackIntake {

  /** Slack waits for 3 s, PagerDuty for 5. */
  private static final Confirmation CONFIRMATION =
      new Confirmation(
          Duration.ofSeconds(2),
          "Kafka did not confirm it in time, so it is not accepted. Send it again");

  private final Vendors vendors;
  private final Admission admission;
  private final BodyReader bodies;
  private final MessageReader messages;
  private final KafkaLog kafka;
  private final IngestMetrics metrics;
  private final InstantSource clock;
  private final Entries entries = new Entries();

  CallbackIntake(
      Vendors vendors,
      Admission admission,
      BodyReader bodies,
      MessageReader messages,
      KafkaLog kafka,
      IngestMetrics metrics,
      InstantSource clock) {
    this.vendors = vendors;
    this.admission = admission;
    this.bodies = bodies;
    this.messages = messages;
    this.kafka = kafka;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** What a message came to. */
  private record Reading(List<Callback> callbacks, @Nullable String unreadable) {}

  /**
   * Answers when all that the message tells is durable, and not before.
   *
   * @return null for a vendor who takes no receipt
   */
  @Nullable Receipt take(String name, Posted posted) {
    String label = vendors.label(name);
    try {
      Caller caller = vendors.named(name);
      caller.checkBeforeBody(posted);
      try (Permit permit = admission.enter(label, bodies.weight(posted))) {
        byte[] sent =
            switch (caller.vendor().manner()) {
              case WEBHOOK -> bodies.read(posted);
              case INTERACTION -> bodies.readForm(posted);
            };
        caller.checkBody(posted, sent, clock.instant());
        permit.confirm(false);
        Receipt receipt = take(caller, label, posted, sent);
        return switch (caller.vendor().manner()) {
          case WEBHOOK -> receipt;
          case INTERACTION -> null;
        };
      }
    } catch (Refusal refusal) {
      metrics.refused(label, refusal.reason());
      throw refusal;
    }
  }

  private Receipt take(Caller caller, String label, Posted posted, byte[] sent) {
    Instant now = clock.instant();
    Arrival arrival =
        new Arrival(
            label,
            ContentId.of("rcp", UUID.randomUUID()),
            now,
            TraceParent.of(posted.header(TraceParent.HEADER)),
            posted.contentType(),
            bodies.unpack(posted, sent));
    Reading reading = read(caller, posted, arrival);
    write(arrival, reading);
    metrics.calledBack(caller.vendor().name(), reading.callbacks(), reading.unreadable() != null);
    return new Receipt(reading.callbacks().size(), arrival.receipt(), reading.unreadable());
  }

  private Reading read(Caller caller, Posted posted, Arrival arrival) {
    try {
      return new Reading(
          caller.vendor().read(arrival.body(), messages, posted, arrival.receivedAt()), null);
    } catch (Unreadable e) {
      return new Reading(List.of(), e.inWords());
    }
  }

  private void write(Arrival arrival, Reading reading) {
    CONFIRMATION.await(
        () -> kafka.write(entries.of(arrival, reading.callbacks(), reading.unreadable())));
  }
}
