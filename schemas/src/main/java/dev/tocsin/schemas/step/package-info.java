// SPDX-License-Identifier: Apache-2.0
/** Work a run hands out, and what came of it. */
@NullMarked
package dev.tocsin.schemas.step;

import org.jspecify.annotations.NullMarked;
