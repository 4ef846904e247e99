// SPDX-License-Identifier: Apache-2.0
/** One try at one delivery: the order to make it, and what came of it. */
@NullMarked
package dev.tocsin.schemas.attempt;

import org.jspecify.annotations.NullMarked;
