// SPDX-License-Identifier: Apache-2.0
/** Inhibition rules: made, shown, taken back. */
@NullMarked
package dev.tocsin.console.inhibition;

import org.jspecify.annotations.NullMarked;
