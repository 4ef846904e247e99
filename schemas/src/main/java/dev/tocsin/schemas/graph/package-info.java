// SPDX-License-Identifier: Apache-2.0
/** What depends on what. */
@NullMarked
package dev.tocsin.schemas.graph;

import org.jspecify.annotations.NullMarked;
