// SPDX-License-Identifier: Apache-2.0
/** Incidents, their pages and their tickets, kept at one with what people do at the vendors. */
@NullMarked
package dev.tocsin.notifier.reconcile;

import org.jspecify.annotations.NullMarked;
