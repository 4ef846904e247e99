// SPDX-License-Identifier: Apache-2.0
/** What became of each notification. */
@NullMarked
package dev.tocsin.schemas.delivery;

import org.jspecify.annotations.NullMarked;
