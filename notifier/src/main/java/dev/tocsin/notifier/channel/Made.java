// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel;

import dev.tocsin.schemas.attempt.Exchange;
import dev.tocsin.schemas.attempt.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that was made.
 *
 * @param exchange what went over the wire; null when there is nothing to show
 */
public record Made(Outcome outcome, @Nullable Exchange exchange) {}
