// SPDX-License-Identifier: Apache-2.0
/** What detection found by itself. */
@NullMarked
package dev.tocsin.console.anomaly;

import org.jspecify.annotations.NullMarked;
