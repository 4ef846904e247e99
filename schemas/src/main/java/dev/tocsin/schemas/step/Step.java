// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.step;

import dev.tocsin.schemas.incident.Incident;
import java.time.Instant;

/**
 * A step of a run, handed out to whoever does steps of its kind.
 *
 * @param id the run and the step's name in it: constant over attempts
 * @param kind what is to be done, e.g. {@code investigate}
 * @param attempt from 1; a step whose worker went silent is handed out again
 * @param answerBy when nobody waits for the answer any more
 * @param incident the incident as it was when the step was handed out
 */
public record Step(
    String id,
    String runId,
    String incidentId,
    String kind,
    int attempt,
    Instant issuedAt,
    Instant answerBy,
    Incident incident) {}
