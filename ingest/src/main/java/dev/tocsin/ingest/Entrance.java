// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.ingest.Sources.Source;
import dev.tocsin.ingest.admission.Admission;
import dev.tocsin.ingest.admission.Admission.Permit;
import dev.tocsin.ingest.admission.Neighbourhood;
import dev.tocsin.ingest.auth.Authentication.Proof;
import java.time.InstantSource;
import java.util.function.BiFunction;
import java.util.function.Supplier;

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
   * Lets a message in, or refuses it.
   *
   * @param weight bytes it may take in memory
   * @param body reads it, as it came
   * @param then what is done with the body of who may post
   */
  <T> T enter(
      Source source,
      AlertIntake.Request request,
      Supplier<Long> weight,
      Supplier<byte[]> body,
      BiFunction<byte[], Permit, T> then) {
    if (source.authentication().checkBeforeBody(request) == Proof.GIVEN) {
      try (Permit permit = admission.enter(source.name(), weight.get())) {
        return then.apply(authenticate(source, request, body), permit);
      }
    }
    return enterSigned(source, request, weight.get(), body, then);
  }

  /**
   * Who shows only a signature may be anybody until the whole body has been read. Until then it
   * takes up no room of the source, but of its own address.
   */
  private <T> T enterSigned(
      Source source,
      AlertIntake.Request request,
      long weight,
      Supplier<byte[]> body,
      BiFunction<byte[], Permit, T> then) {
    byte[] sent;
    try (Permit permit =
        unproven.enter(source.name() + " from " + Neighbourhood.of(request.address()), weight)) {
      sent = authenticate(source, request, body);
      permit.confirm(true);
    }
    try (Permit permit = admission.enter(source.name(), weight)) {
      return then.apply(sent, permit);
    }
  }

  /** The body's bytes, as they came: those are what a signature is over. */
  private byte[] authenticate(Source source, AlertIntake.Request request, Supplier<byte[]> body) {
    byte[] sent = body.get();
    source.authentication().checkBody(request, sent, clock.instant());
    source.refuseIfDisabled();
    return sent;
  }
}
