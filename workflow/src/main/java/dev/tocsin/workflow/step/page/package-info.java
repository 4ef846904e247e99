// SPDX-License-Identifier: Apache-2.0
/** Waking somebody. */
@NullMarked
package dev.tocsin.workflow.step.page;

import org.jspecify.annotations.NullMarked;
