// SPDX-License-Identifier: Apache-2.0
/** Keeping the paperwork. */
@NullMarked
package dev.tocsin.workflow.step.ticket;

import org.jspecify.annotations.NullMarked;
