// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.callback;

/**
 * An unresolved incident of ours.
 *
 * @param asked the furthest that a command of ours asked for in this epoch
 */
record Watched(String incidentId, int epoch, String group, boolean acknowledged, Asked asked) {

  /** What was asked of detection, in order. */
  enum Asked {
    NOTHING,
    ACKNOWLEDGE,
    RESOLVE
  }

  static Watched unresolved(String incidentId, int epoch, String group) {
    return new Watched(incidentId, epoch, group, false, Asked.NOTHING);
  }

  /** The dedup key of its page. */
  String dedupKey() {
    return "tocsin-" + incidentId + '-' + epoch;
  }

  Watched acknowledge() {
    return new Watched(incidentId, epoch, group, true, asked);
  }

  Watched ask(Asked what) {
    return new Watched(incidentId, epoch, group, acknowledged, what);
  }
}
