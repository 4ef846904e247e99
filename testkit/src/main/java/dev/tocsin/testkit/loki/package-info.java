// SPDX-License-Identifier: Apache-2.0
/** A Loki that answers queries with given lines. */
@NullMarked
package dev.tocsin.testkit.loki;

import org.jspecify.annotations.NullMarked;
