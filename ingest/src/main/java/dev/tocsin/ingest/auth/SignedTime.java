// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.auth;

import static dev.tocsin.ingest.refusal.RefusalReason.UNAUTHENTICATED;

import dev.tocsin.ingest.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A time that is signed together with a body: what was recorded is of no use some minutes later.
 */
public final class SignedTime {

  private static final Duration WINDOW = Duration.ofSeconds(300);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

  private SignedTime() {}

  /** The Unix seconds as the header says them. Refuses those that are none, or far from now. */
  public static String read(Presented request, String header, Instant now) {
    List<String> given = request.header(header);
    if (given.size() != 1 || !SECONDS.matcher(given.getFirst()).matches()) {
      throw new Refusal(
          UNAUTHENTICATED,
          "the header %s has to carry the Unix seconds that were signed, once: was %s"
              .formatted(header, given.isEmpty() ? "absent" : String.join(", ", given)));
    }
    Instant at = Instant.ofEpochSecond(Long.parseLong(given.getFirst()));
    if (Duration.between(at, now).abs().compareTo(WINDOW) > 0) {
      throw new Refusal(
          UNAUTHENTICATED,
          "the signature is of %s and it is %s: more than %d s apart, so perhaps a replay"
              .formatted(at, now, WINDOW.toSeconds()));
    }
    return given.getFirst();
  }
}
