// SPDX-License-Identifier: Apache-2.0
/** Alerts: what became of each, and why. */
@NullMarked
package dev.tocsin.console.alert;

import org.jspecify.annotations.NullMarked;
