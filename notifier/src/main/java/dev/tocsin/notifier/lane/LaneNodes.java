// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import java.util.List;

/**
 * Names in the topology that lanes and their surroundings agree on. A renamed store is lost state.
 *
 * @param attempts the node that takes attempts, by attempt id
 * @param deliveries the node that takes deliveries, by incident id
 * @param effects the node that takes the ledger, by effect id
 * @param deadLetters the node that takes what could not be decided
 */
public record LaneNodes(String attempts, String deliveries, String effects, String deadLetters) {

  public static final String LANES = "lanes";
  public static final String DELIVERIES = "lane-deliveries";
  public static final String ORDERS = "lane-orders";
  public static final String READY = "lane-ready";
  public static final String PENDING = "lane-pending";

  /** What a lane is made of, each in a store of its own. */
  public static final List<String> STORES = List.of(LANES, DELIVERIES, ORDERS, READY, PENDING);

  public static final String TIMERS = "lane-timers";

  /** The ledger, whole, in every process. */
  public static final String EFFECTS = "effect-ledger";
}
