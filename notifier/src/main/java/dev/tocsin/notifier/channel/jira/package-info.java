// SPDX-License-Identifier: Apache-2.0
/** Tickets in Jira Cloud: REST v3. */
@NullMarked
package dev.tocsin.notifier.channel.jira;

import org.jspecify.annotations.NullMarked;
