// SPDX-License-Identifier: Apache-2.0
/**
 * How a service meets the broker: topics that exist and fit, Streams that start, stop and recover,
 * shelves and timers in a state store, dead letters, health.
 *
 * <p>Not here: what travels (schemas), any rule about alerts, HTTP (boot).
 *
 * <p>Users: ingest, detection, workflow, agent, notifier, console.
 */
@NullMarked
package dev.tocsin.kafka;

import org.jspecify.annotations.NullMarked;
