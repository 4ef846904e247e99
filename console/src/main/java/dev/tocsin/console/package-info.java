// SPDX-License-Identifier: Apache-2.0
/** API and screen, over a view of its own built from topics; asks no service anything. */
@NullMarked
package dev.tocsin.console;

import org.jspecify.annotations.NullMarked;
