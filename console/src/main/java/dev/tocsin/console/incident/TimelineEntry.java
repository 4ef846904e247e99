// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.incident;

import java.time.Instant;

/**
 * Something that happened, for people and for programs.
 *
 * @param kind what it is: {@code incident.opened}, {@code step.done}, {@code delivery.attempt}, ...
 * @param text the same in a sentence
 * @param data the record it was told from
 */
public record TimelineEntry(Instant at, String kind, String text, Object data) {}
