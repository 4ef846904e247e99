// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import org.jspecify.annotations.Nullable;

/**
 * What a page, a ticket or a post of ours is called outside: a dedup key and a post's mark name the
 * incident and its epoch, a ticket's label the incident.
 *
 * @param epoch 0 where the name says none
 */
record Mark(String incidentId, int epoch) {

  private static final String PREFIX = "tocsin-";
  private static final String INCIDENT = "inc_";

  static String dedupKey(String incidentId, int epoch) {
    return PREFIX + incidentId + '-' + epoch;
  }

  static String label(String incidentId) {
    return PREFIX + incidentId;
  }

  /** Of a post's mark, which stands where only we write. Null when it is none. */
  static @Nullable Mark ofPost(String mark) {
    return read(PREFIX + mark);
  }

  static boolean isOurs(String name) {
    return name.startsWith(PREFIX + INCIDENT);
  }

  /** Null when it is no name of ours. */
  static @Nullable Mark read(String name) {
    if (!isOurs(name)) {
      return null;
    }
    String incident = name.substring(PREFIX.length());
    int dash = incident.lastIndexOf('-');
    if (dash < 0) {
      return new Mark(incident, 0);
    }
    String epoch = incident.substring(dash + 1);
    return epoch.matches("\\d{1,9}")
        ? new Mark(incident.substring(0, dash), Integer.parseInt(epoch))
        : null;
  }
}
