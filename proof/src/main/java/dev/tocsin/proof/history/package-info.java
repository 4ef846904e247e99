// SPDX-License-Identifier: Apache-2.0
/** What a run is judged by: everything that was seen from outside, line by line. */
@NullMarked
package dev.tocsin.proof.history;

import org.jspecify.annotations.NullMarked;
