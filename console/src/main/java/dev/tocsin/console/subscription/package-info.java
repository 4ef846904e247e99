// SPDX-License-Identifier: Apache-2.0
/** Standing wishes to hear of events. */
@NullMarked
package dev.tocsin.console.subscription;

import org.jspecify.annotations.NullMarked;
