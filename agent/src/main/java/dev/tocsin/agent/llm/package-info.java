// SPDX-License-Identifier: Apache-2.0
/** The way to language models: the only package that knows the library for them. */
@NullMarked
package dev.tocsin.agent.llm;

import org.jspecify.annotations.NullMarked;
