// SPDX-License-Identifier: Apache-2.0
/** The pages people look at. */
@NullMarked
package dev.tocsin.console.screen;

import org.jspecify.annotations.NullMarked;
