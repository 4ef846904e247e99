// SPDX-License-Identifier: Apache-2.0
/** What a day came to, sealed. */
@NullMarked
package dev.tocsin.schemas.statement;

import org.jspecify.annotations.NullMarked;
