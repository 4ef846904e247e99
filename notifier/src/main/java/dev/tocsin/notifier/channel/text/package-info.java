// SPDX-License-Identifier: Apache-2.0
/** Text from alerts, made fit for a vendor's limits. Users: the channels that people read. */
@NullMarked
package dev.tocsin.notifier.channel.text;

import org.jspecify.annotations.NullMarked;
