// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

/**
 * Names in the topology that lanes and their surroundings agree on. A renamed store is lost state.
 *
 * @param attempts the node that takes attempts, by attempt id
 * @param deliveries the node that takes deliveries, by incident id
 * @param effects the node that takes the ledger, by effect id
 * @param second the node that takes pages for a second channel, by endpoint
 * @param unreachable the node that takes endpoints that are given up
 * @param deadLetters the node that takes what could not be decided
 */
public record LaneNodes(
    String attempts,
    String deliveries,
    String effects,
    String second,
    String unreachable,
    String deadLetters) {

  public static final LaneNodes NAMES =
      new LaneNodes(
          "attempts",
          "deliveries",
          "effects",
          "second-channel",
          "tend-subscriptions",
          "lane-dead-letters");

  /** All that lanes remember, on shelves. */
  public static final String LANES = "lanes";

  /** The ledger, whole, in every process. */
  public static final String EFFECTS = "effect-ledger";
}
