// SPDX-License-Identifier: Apache-2.0
/** What a model may call: a short list of read-only tools with typed arguments. */
@NullMarked
package dev.tocsin.agent.tool;

import org.jspecify.annotations.NullMarked;
