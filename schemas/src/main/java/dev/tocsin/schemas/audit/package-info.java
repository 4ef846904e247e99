// SPDX-License-Identifier: Apache-2.0
/** Who did what. */
@NullMarked
package dev.tocsin.schemas.audit;

import org.jspecify.annotations.NullMarked;
