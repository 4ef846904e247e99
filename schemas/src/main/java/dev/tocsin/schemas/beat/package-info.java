// SPDX-License-Identifier: Apache-2.0
/** Signs of life that travel the way of an alert. */
@NullMarked
package dev.tocsin.schemas.beat;

import org.jspecify.annotations.NullMarked;
