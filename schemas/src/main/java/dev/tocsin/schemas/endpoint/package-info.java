// SPDX-License-Identifier: Apache-2.0
/**
 * Where a subscriber's endpoint may be. The console asks when a subscription is registered, the
 * notifier when it connects: a name may resolve to something else by then.
 */
@NullMarked
package dev.tocsin.schemas.endpoint;

import org.jspecify.annotations.NullMarked;
