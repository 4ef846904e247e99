// SPDX-License-Identifier: Apache-2.0
/** When resources will be exhausted. */
@NullMarked
package dev.tocsin.console.forecast;

import org.jspecify.annotations.NullMarked;
