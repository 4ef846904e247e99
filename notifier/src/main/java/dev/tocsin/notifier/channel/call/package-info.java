// SPDX-License-Identifier: Apache-2.0
/**
 * One HTTP call for one attempt: bounded in time and size, never retried, never redirected, and
 * never to an address that is not allowed. Users: every channel.
 */
@NullMarked
package dev.tocsin.notifier.channel.call;

import org.jspecify.annotations.NullMarked;
