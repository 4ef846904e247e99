// SPDX-License-Identifier: Apache-2.0
/** What the console writes: audit entries, commands and settings. */
@NullMarked
package dev.tocsin.console.journal;

import org.jspecify.annotations.NullMarked;
