// SPDX-License-Identifier: Apache-2.0
/** Values of metrics. */
@NullMarked
package dev.tocsin.schemas.sample;

import org.jspecify.annotations.NullMarked;
