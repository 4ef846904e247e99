// SPDX-License-Identifier: Apache-2.0
/** What a history says about lost and doubled, decided by pure functions. */
@NullMarked
package dev.tocsin.proof.oracle;

import org.jspecify.annotations.NullMarked;
