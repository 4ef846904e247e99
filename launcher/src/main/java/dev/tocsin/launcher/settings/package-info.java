// SPDX-License-Identifier: Apache-2.0
/** The keys there are, so that a misspelt one stops the start. */
@NullMarked
package dev.tocsin.launcher.settings;

import org.jspecify.annotations.NullMarked;
