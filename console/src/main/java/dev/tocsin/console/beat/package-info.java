// SPDX-License-Identifier: Apache-2.0
/** How far the sentinel's beats have come. */
@NullMarked
package dev.tocsin.console.beat;

import org.jspecify.annotations.NullMarked;
