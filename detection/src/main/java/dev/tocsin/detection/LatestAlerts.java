// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import java.util.HashSet;
import java.util.Set;

/**
 * The ids of the alerts that were decided last, so that an alert that is in the topic twice is
 * decided once. Ingest writes one again when it does not know whether Kafka has it.
 *
 * <p>A ring: the place a new id takes is the one whose id is the oldest. So it takes as much room
 * after a year as after an hour, and an outage of any length makes nothing forgotten, since nothing
 * comes in meanwhile.
 */
final class LatestAlerts {

  private final String[] ring;
  private final Set<String> ids = new HashSet<>();
  private long next;

  LatestAlerts(int most) {
    this.ring = new String[most];
  }

  /**
   * Where an id is kept.
   *
   * @param number grows with each alert, and says after a restart which place is next
   */
  record Place(int slot, long number) {}

  boolean contain(String id) {
    return ids.contains(id);
  }

  Place add(String id) {
    Place place = new Place((int) (next % ring.length), next);
    restore(place, id);
    return place;
  }

  /** As it was stored. */
  void restore(Place place, String id) {
    String oldest = ring[place.slot()];
    if (oldest != null) {
      ids.remove(oldest);
    }
    ring[place.slot()] = id;
    ids.add(id);
    next = Math.max(next, place.number() + 1);
  }
}
