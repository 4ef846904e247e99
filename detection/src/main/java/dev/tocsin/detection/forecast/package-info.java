// SPDX-License-Identifier: Apache-2.0
/** When a resource will reach its limit, and how sure that is. */
@NullMarked
package dev.tocsin.detection.forecast;

import org.jspecify.annotations.NullMarked;
