// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.ingest.Sources.Source;
import dev.tocsin.ingest.admission.Admission;
import dev.tocsin.ingest.admission.Admission.Permit;
import dev.tocsin.ingest.admission.Neighbourhood;
import dev.tocsin.ingest.auth.Authentication.Proof;
import dev.tocsin.ingest.body.Bodies;
import java.time.InstantSource;

/** The door that all messages of sources come through: who sends it, and is there room. */
final class Entrance {

  private final Admission admission;
  private final Admission unproven;
  private final InstantSource clock;

  /**
   * @param unproven room for those who show a signature, until it is found right
   */
  Entrance(Admission admission, Admission unproven, InstantSource clock) {
    this.admission = admission;
    this.unproven = unproven;
    this.clock = clock;
  }

  /**
   * A message that was let in; it takes up room until it is closed.
   *
   * @param sent its body, as it came
   */
  record Guest(byte[] sent, Permit permit) implements AutoCloseable {

    @Override
    public void close() {
      permit.close();
    }
  }

  /** Lets a message in, or refuses it. */
  Guest enter(Source source, Posted posted, Bodies bodies) {
    Proof proof = source.authentication().checkBeforeBody(posted);
    long weight = bodies.weight(posted);
    if (proof == Proof.GIVEN) {
      Permit permit = admission.enter(source.name(), weight);
      try {
        return new Guest(authenticate(source, posted, bodies), permit);
      } catch (RuntimeException | Error e) {
        permit.close();
        throw e;
      }
    }
    byte[] sent = readSigned(source, posted, bodies, weight);
    return new Guest(sent, admission.enter(source.name(), weight));
  }

  /**
   * Who shows only a signature may be anybody until the whole body has been read. Until then it
   * takes up no room of the source, but of its own address.
   */
  private byte[] readSigned(Source source, Posted posted, Bodies bodies, long weight) {
    String who = source.name() + " from " + Neighbourhood.of(posted.address());
    try (Permit permit = unproven.enter(who, weight)) {
      byte[] sent = authenticate(source, posted, bodies);
      permit.confirm(true);
      return sent;
    }
  }

  private byte[] authenticate(Source source, Posted posted, Bodies bodies) {
    byte[] sent = bodies.read(posted);
    source.authentication().checkBody(posted, sent, clock.instant());
    source.refuseIfDisabled();
    return sent;
  }
}
