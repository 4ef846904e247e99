// SPDX-License-Identifier: Apache-2.0
/** What the ledger of effects says about a notification that a lane does not know. */
@NullMarked
package dev.tocsin.notifier.effect;

import org.jspecify.annotations.NullMarked;
