// SPDX-License-Identifier: Apache-2.0
/** The end of a beat's way. */
@NullMarked
package dev.tocsin.notifier.channel.sentinel;

import org.jspecify.annotations.NullMarked;
