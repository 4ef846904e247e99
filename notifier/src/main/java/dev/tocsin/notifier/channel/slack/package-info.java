// SPDX-License-Identifier: Apache-2.0
/** Posting to Slack: one post for each epoch of an incident, kept up to date, with a thread. */
@NullMarked
package dev.tocsin.notifier.channel.slack;

import org.jspecify.annotations.NullMarked;
