// SPDX-License-Identifier: Apache-2.0
/** What a caller is told when the answer is no. */
@NullMarked
package dev.tocsin.console.problem;

import org.jspecify.annotations.NullMarked;
