// SPDX-License-Identifier: Apache-2.0
/** What the agent counts. */
@NullMarked
package dev.tocsin.agent.metrics;

import org.jspecify.annotations.NullMarked;
