// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An incident of ours, as far as vendors' news of it are judged by it.
 *
 * @param since when this epoch began
 * @param asked the furthest that a command of ours asked for in this epoch
 * @param resolvedAt null while it is not over
 */
record Watched(
    String incidentId,
    int epoch,
    String group,
    Instant since,
    boolean acknowledged,
    Asked asked,
    @Nullable Instant resolvedAt) {

  /** What was asked of detection, in order. */
  enum Asked {
    NOTHING,
    ACKNOWLEDGE,
    RESOLVE
  }

  static Watched unresolved(String incidentId, int epoch, String group, Instant since) {
    return new Watched(incidentId, epoch, group, since, false, Asked.NOTHING, null);
  }

  boolean isResolved() {
    return resolvedAt != null;
  }

  /** The dedup key of its page. */
  String dedupKey() {
    return Mark.dedupKey(incidentId, epoch);
  }

  Watched acknowledge() {
    return new Watched(incidentId, epoch, group, since, true, asked, resolvedAt);
  }

  Watched resolve(Instant at) {
    return new Watched(incidentId, epoch, group, since, acknowledged, asked, at);
  }

  Watched ask(Asked what) {
    return new Watched(incidentId, epoch, group, since, acknowledged, what, resolvedAt);
  }
}
