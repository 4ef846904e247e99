// SPDX-License-Identifier: Apache-2.0
/** What was told to whom, and how that went. */
@NullMarked
package dev.tocsin.console.delivery;

import org.jspecify.annotations.NullMarked;
