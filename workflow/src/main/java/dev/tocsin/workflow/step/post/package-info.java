// SPDX-License-Identifier: Apache-2.0
/** Telling a team's chat. */
@NullMarked
package dev.tocsin.workflow.step.post;

import org.jspecify.annotations.NullMarked;
