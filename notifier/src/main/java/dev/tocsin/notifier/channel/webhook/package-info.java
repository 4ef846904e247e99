// SPDX-License-Identifier: Apache-2.0
/** Events to subscribers' endpoints, signed as Standard Webhooks. */
@NullMarked
package dev.tocsin.notifier.channel.webhook;

import org.jspecify.annotations.NullMarked;
