// SPDX-License-Identifier: Apache-2.0
/** Silences: made, shown, ended, and tried on what was there last week. */
@NullMarked
package dev.tocsin.console.silence;

import org.jspecify.annotations.NullMarked;
