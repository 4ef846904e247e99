// SPDX-License-Identifier: Apache-2.0
/** What could have held an alert back when it was decided. */
@NullMarked
package dev.tocsin.console.hold;

import org.jspecify.annotations.NullMarked;
