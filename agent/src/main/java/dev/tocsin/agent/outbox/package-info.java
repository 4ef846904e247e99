// SPDX-License-Identifier: Apache-2.0
/** What the agent writes to topics. */
@NullMarked
package dev.tocsin.agent.outbox;

import org.jspecify.annotations.NullMarked;
