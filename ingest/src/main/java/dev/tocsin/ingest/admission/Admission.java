// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.admission;

import static dev.tocsin.ingest.refusal.RefusalReason.OVERLOADED;

import dev.tocsin.ingest.refusal.Refusal;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets messages in while there is room, and keeps room for every source.
 *
 * <p>A source may have as much in work as is left free: alone it gets half, and the next one finds
 * room. Beyond that one small message of it at a time is let in on trial, and only goes on when it
 * turns out to be critical. At most as many are on trial as may be in work.
 */
public final class Admission {

  private static final long LARGEST_ON_TRIAL = 256 * 1024;

  private final int messages;
  private final long bytes;
  private final String beyond;
  private final Map<String, Held> bySource = new HashMap<>();
  private final Held all = new Held();
  private int trials;

  /**
   * @param beyond what is said of messages beyond a share
   */
  public Admission(AdmissionSettings settings, String beyond) {
    this.messages = settings.messages();
    this.bytes = settings.bytes().toBytes();
    this.beyond = beyond;
  }

  /** What is in work. */
  private static final class Held {
    private int messages;
    private long bytes;
    private boolean trial;

    private boolean isNothing() {
      return messages == 0 && !trial;
    }
  }

  /** One message in work, until it is closed. */
  public final class Permit implements AutoCloseable {

    private final String source;
    private final Held own;
    private final long size;
    private final boolean trial;

    private Permit(String source, Held own, long size, boolean trial) {
      this.source = source;
      this.own = own;
      this.size = size;
      this.trial = trial;
    }

    /** Refuses what was let in on trial and is not critical. */
    public void confirm(boolean critical) {
      if (trial && !critical) {
        throw overloaded(source);
      }
    }

    @Override
    public void close() {
      leave(this);
    }
  }

  /**
   * Refuses when the source has its share in work.
   *
   * @param size bytes of the body, or as many as it may have
   */
  public synchronized Permit enter(String source, long size) {
    Held own = bySource.computeIfAbsent(source, name -> new Held());
    boolean fits =
        own.messages + 1 <= messages - all.messages && own.bytes + size <= bytes - all.bytes;
    if (!fits && (own.trial || trials == messages || size > LARGEST_ON_TRIAL)) {
      forgetIfNothing(source, own);
      throw overloaded(source);
    }
    Permit permit = new Permit(source, own, size, !fits);
    if (permit.trial) {
      own.trial = true;
      trials++;
    } else {
      add(own, 1, size);
      add(all, 1, size);
    }
    return permit;
  }

  private synchronized void leave(Permit permit) {
    if (permit.trial) {
      permit.own.trial = false;
      trials--;
    } else {
      add(permit.own, -1, -permit.size);
      add(all, -1, -permit.size);
    }
    forgetIfNothing(permit.source, permit.own);
  }

  /** Who asks may be one of very many, and none is remembered longer than it is here. */
  private void forgetIfNothing(String source, Held own) {
    if (own.isNothing()) {
      bySource.remove(source);
    }
  }

  private static void add(Held held, int messages, long bytes) {
    held.messages += messages;
    held.bytes += bytes;
  }

  private Refusal overloaded(String source) {
    return new Refusal(
        OVERLOADED,
        "source %s has as many messages in work as it may: %s. Send it again"
            .formatted(source, beyond));
  }
}
