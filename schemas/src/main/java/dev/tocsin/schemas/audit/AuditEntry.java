// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.audit;

import java.time.Instant;

/** Who did what to what, and how it ended. */
public record AuditEntry(
    String id, String actor, String action, String target, String detail, Instant at) {}
