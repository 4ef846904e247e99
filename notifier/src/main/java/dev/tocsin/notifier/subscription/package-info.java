// SPDX-License-Identifier: Apache-2.0
/** Events to those who subscribed: who hears of what, and in which form. */
@NullMarked
package dev.tocsin.notifier.subscription;

import org.jspecify.annotations.NullMarked;
