// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import java.time.Instant;

/**
 * An endpoint that a lane gives up.
 *
 * @param since its first failure after the last delivery
 * @param why in a sentence
 */
public record Unreachable(String endpoint, Instant since, int attempts, String why, Instant at) {}
