// SPDX-License-Identifier: Apache-2.0
/** Asking the agent for context. */
@NullMarked
package dev.tocsin.workflow.step.investigate;

import org.jspecify.annotations.NullMarked;
