// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static dev.tocsin.ingest.refusal.RefusalReason.OWN_EVENT;
import static dev.tocsin.ingest.refusal.RefusalReason.UNSUPPORTED_ENCODING;

import dev.tocsin.ingest.AlertReader.Reading;
import dev.tocsin.ingest.Entrance.Guest;
import dev.tocsin.ingest.Sources.Source;
import dev.tocsin.ingest.body.BodyReader;
import dev.tocsin.ingest.refusal.Refusal;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.endpoint.Hops;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;

/**
 * An alert's way in: who sends it, is there room, is it small enough, what does it say, what does
 * it belong to, is it durable. Whatever is authentic and small enough is accepted, readable or not.
 */
final class AlertIntake {

  /** Its custom payloads and headers are the operator's, and often say text. */
  private static final String GRAFANA = "grafana";

  private final Sources sources;
  private final Entrance entrance;
  private final BodyReader bodies;
  private final AlertReader reader;
  private final AlertWriter writer;
  private final IngestMetrics metrics;
  private final InstantSource clock;

  AlertIntake(
      Sources sources,
      Entrance entrance,
      BodyReader bodies,
      AlertReader reader,
      AlertWriter writer,
      IngestMetrics metrics,
      InstantSource clock) {
    this.sources = sources;
    this.entrance = entrance;
    this.bodies = bodies;
    this.reader = reader;
    this.writer = writer;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Answers when all alerts of the message are durable, and not before. */
  Receipt take(String name, Posted posted) {
    try {
      Source source = sources.ofAlerts(name);
      refuseOwnEvents(posted);
      refuseText(source, posted);
      try (Guest guest = entrance.enter(source, posted, bodies)) {
        return take(source, posted, guest);
      }
    } catch (Refusal refusal) {
      metrics.refused(sources.label(name), refusal.reason());
      throw refusal;
    }
  }

  private static void refuseOwnEvents(Posted posted) {
    if (!posted.header(Hops.HEADER).isEmpty()) {
      throw new Refusal(
          OWN_EVENT, "this is an event that Tocsin sent to a subscriber, and ingest takes alerts");
    }
  }

  /** A browser posts text from any page, without asking first; Grafana alone has reason to. */
  private static void refuseText(Source source, Posted posted) {
    String type = posted.contentType();
    if (!source.type().equals(GRAFANA)
        && type != null
        && type.strip().toLowerCase(Locale.ROOT).startsWith("text/")) {
      throw new Refusal(
          UNSUPPORTED_ENCODING,
          "Content-Type '%s' is taken from sources of type %s only; send application/json"
              .formatted(type, GRAFANA));
    }
  }

  private Receipt take(Source source, Posted posted, Guest guest) {
    Arrival arrival = arrive(source, posted, bodies.unpack(posted, guest.sent()));
    Reading reading = reader.read(source.type(), arrival);
    guest.permit().confirm(reading.isCritical());
    AlertWriter.Durable by = metrics.timeDurableWrite(() -> writer.write(arrival, reading));
    metrics.accepted(source.name(), reading.alerts().size(), reading.unreadable() != null, by);
    return new Receipt(reading.alerts().size(), arrival.receipt(), reading.unreadable());
  }

  private Arrival arrive(Source source, Posted posted, byte[] body) {
    Instant now = clock.instant();
    return new Arrival(
        source.name(),
        // Random, unlike other ids here: two messages of one content are two messages.
        ContentId.of("rcp", UUID.randomUUID()),
        now,
        TraceParent.of(posted.header(TraceParent.HEADER)),
        posted.contentType(),
        body);
  }
}
