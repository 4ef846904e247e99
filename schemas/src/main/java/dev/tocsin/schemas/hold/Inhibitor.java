// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.hold;

import java.time.Instant;
import java.util.Map;

/**
 * A firing alert that an inhibition rule may hold others back by. Its key is the condition; a
 * tombstone says that it fires no more.
 *
 * @param at when the alert it was read from was received
 * @param until when it is believed no longer, unless its source reports it again
 */
public record Inhibitor(
    String alertId, String title, Map<String, String> labels, Instant at, Instant until) {}
