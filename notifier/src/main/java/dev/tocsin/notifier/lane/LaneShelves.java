// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

/**
 * Where the lanes of a partition lie. Keys begin with the endpoint.
 *
 * @param lanes by endpoint
 * @param deliveries by delivery id
 * @param orders by order: the ends of each order that has pending deliveries
 * @param ready by place: the ids of deliveries that may go out
 * @param pending by place: the deliveries that are not over
 */
record LaneShelves(
    LaneShelf lanes, LaneShelf deliveries, LaneShelf orders, LaneShelf ready, LaneShelf pending) {}
