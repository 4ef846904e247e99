// SPDX-License-Identifier: Apache-2.0
/**
 * The scheduler of one endpoint: order, concurrency, pace, breaker, retries. Decides; calls nobody.
 */
@NullMarked
package dev.tocsin.notifier.lane;

import org.jspecify.annotations.NullMarked;
