// SPDX-License-Identifier: Apache-2.0
/** Alerts as a source reported them, and what became of each. */
@NullMarked
package dev.tocsin.schemas.alert;

import org.jspecify.annotations.NullMarked;
