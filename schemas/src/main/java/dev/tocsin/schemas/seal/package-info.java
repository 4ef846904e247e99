// SPDX-License-Identifier: Apache-2.0
/** The hash that ties a statement to its content and to the one before. */
@NullMarked
package dev.tocsin.schemas.seal;

import org.jspecify.annotations.NullMarked;
