// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.ingest.Entrance.Guest;
import dev.tocsin.ingest.Sources.Source;
import dev.tocsin.ingest.push.Batch;
import dev.tocsin.ingest.push.BatchReader;
import dev.tocsin.ingest.push.Picked;
import dev.tocsin.ingest.push.Protocol;
import dev.tocsin.ingest.push.SampleChoice;
import dev.tocsin.ingest.refusal.Refusal;
import java.time.InstantSource;

/**
 * A pushed sample's way in: who sends it, is there room, is its series watched, is it durable.
 * There is no spool: a Prometheus keeps what is not confirmed, and sends it again.
 */
final class SampleIntake {

  private final Sources sources;
  private final Entrance entrance;
  private final BatchReader reader;
  private final SampleChoice choice;
  private final SampleWriter writer;
  private final IngestMetrics metrics;
  private final InstantSource clock;

  SampleIntake(
      Sources sources,
      Entrance entrance,
      BatchReader reader,
      SampleChoice choice,
      SampleWriter writer,
      IngestMetrics metrics,
      InstantSource clock) {
    this.sources = sources;
    this.entrance = entrance;
    this.reader = reader;
    this.choice = choice;
    this.writer = writer;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Answers when all samples that are watched are durable, and not before. */
  Picked take(String name, Posted posted) {
    try {
      Source source = sources.ofSamples(name);
      try (Guest guest = entrance.enter(source, posted, reader)) {
        Picked picked = take(source, posted, guest);
        metrics.pushed(name, picked.counts());
        return picked;
      }
    } catch (Refusal refusal) {
      metrics.refused(sources.label(name), refusal.reason());
      throw refusal;
    }
  }

  private Picked take(Source source, Posted posted, Guest guest) {
    guest.permit().confirm(false);
    Batch batch = reader.read(Protocol.of(posted), guest.sent());
    Picked picked = choice.choose(source.name(), batch, clock.instant());
    writer.write(picked.samples());
    picked.written();
    return picked;
  }
}
