// SPDX-License-Identifier: Apache-2.0
/** What keeps secrets in and instructions out: masking, envelopes, clean text, budgets. */
@NullMarked
package dev.tocsin.agent.guard;

import org.jspecify.annotations.NullMarked;
