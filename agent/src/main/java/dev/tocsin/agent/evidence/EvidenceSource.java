// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.evidence;

import dev.tocsin.agent.telemetry.TelemetryException;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A place where evidence about an incident may be found. */
public interface EvidenceSource {

  /** Its name in evidence. */
  String name();

  /** Whether looking takes microseconds and asks nobody outside: then it is done under any load. */
  boolean isCheap();

  /** How long it may take; what comes later is not waited for. */
  Duration timeout();

  /** What it has. The evidence has no id yet: {@link EvidenceFile} gives it one. */
  List<Evidence> look(Incident incident, Instant now)
      throws TelemetryException, InterruptedException;
}
