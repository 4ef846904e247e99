// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.evidence;

import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** A place where evidence about an incident may be found. */
public interface EvidenceSource {

  /** Its name in evidence. */
  String name();

  /** Whether looking takes microseconds and asks nobody outside: then it is done under any load. */
  boolean isCheap();

  /** How long it may take; what comes later is not waited for. */
  Duration timeout();

  /**
   * Tells what it has, piece by piece: what came before the time was over is kept. The evidence has
   * no id yet: {@link EvidenceFile} gives it one.
   */
  void look(Incident incident, Instant now, Consumer<Evidence> found) throws InterruptedException;
}
