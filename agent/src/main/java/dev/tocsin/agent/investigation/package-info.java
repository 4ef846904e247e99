// SPDX-License-Identifier: Apache-2.0
/** One investigation: evidence first, then a model if there is one, within a budget. */
@NullMarked
package dev.tocsin.agent.investigation;

import org.jspecify.annotations.NullMarked;
