// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import static dev.tocsin.ingest.refusal.RefusalReason.MALFORMED;
import static dev.tocsin.ingest.refusal.RefusalReason.TOO_LARGE;

import dev.tocsin.ingest.body.Bodies;
import dev.tocsin.ingest.body.BodyReader;
import dev.tocsin.ingest.body.Incoming;
import dev.tocsin.ingest.refusal.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.xerial.snappy.Snappy;

/** Reads a batch as it came: Snappy's block format around protocol buffers, within limits. */
public final class BatchReader implements Bodies {

  static final String FEWER = "Send fewer samples at a time (queue_config.max_samples_per_send)";

  /** Snappy's best is 64 bytes for 3: who announces more does not have it. */
  private static final int MOST_FOR_ONE = 22;

  private final PushSettings settings;
  private final BodyReader bodies;

  public BatchReader(PushSettings settings, BodyReader bodies) {
    this.settings = settings;
    this.bodies = bodies;
  }

  @Override
  public long weight(Incoming body) {
    long most = settings.body().toBytes();
    long announced = body.contentLength();
    return announced < 0 ? most : Math.min(announced * MOST_FOR_ONE, most);
  }

  @Override
  public byte[] read(Incoming body) {
    return bodies.readBinary(body, settings.compressed(), FEWER);
  }

  /** What they say; refused when that is not whole. */
  public Batch read(Protocol protocol, byte[] compressed) {
    byte[] body = inflate(compressed);
    Counted counted = new Counted(settings.samples());
    try {
      return switch (protocol) {
        case V1 -> WriteOne.read(body, counted);
        case V2 -> WriteTwo.read(body, counted);
      };
    } catch (IOException e) {
      throw new Refusal(MALFORMED, "the body is no whole message: " + e.getMessage());
    }
  }

  private byte[] inflate(byte[] compressed) {
    try {
      int length = Snappy.uncompressedLength(compressed);
      if (length > settings.body().toBytes()) {
        throw new Refusal(
            TOO_LARGE,
            "the body is larger than the limit: has %d bytes, and %d are read. %s"
                .formatted(length, settings.body().toBytes(), FEWER));
      }
      if (length < 0 || length > (long) compressed.length * MOST_FOR_ONE) {
        throw new IOException("announces " + length + " bytes in " + compressed.length);
      }
      return Snappy.uncompress(compressed);
    } catch (IOException e) {
      throw new Refusal(MALFORMED, "the body is not whole snappy: " + e.getMessage());
    }
  }

  /** The series read so far: few bytes can name very many, of which each takes memory. */
  static final class Counted {

    private final List<Batch.Series> series = new ArrayList<>();
    private final int most;
    private int parts;

    private Counted(int most) {
      this.most = most;
    }

    /** A sample, a symbol, or a series without samples. */
    void part() {
      if (++parts > most) {
        throw new Refusal(
            TOO_LARGE, "the message has more than %d samples. %s".formatted(most, FEWER));
      }
    }

    void add(Batch.Series one) {
      series.add(one);
    }

    Batch batch(int metadata) {
      return new Batch(series, metadata);
    }
  }
}
