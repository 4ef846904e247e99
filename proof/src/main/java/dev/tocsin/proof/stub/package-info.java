// SPDX-License-Identifier: Apache-2.0
/** Those whom the program delivers to: they misbehave by seed and by schedule, and remember. */
@NullMarked
package dev.tocsin.proof.stub;

import org.jspecify.annotations.NullMarked;
