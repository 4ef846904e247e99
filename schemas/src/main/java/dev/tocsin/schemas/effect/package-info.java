// SPDX-License-Identifier: Apache-2.0
/** The ledger of what was changed in the outside world. */
@NullMarked
package dev.tocsin.schemas.effect;

import org.jspecify.annotations.NullMarked;
