// SPDX-License-Identifier: Apache-2.0
/** A language model that says what a test, or the demo, wants it to say. */
@NullMarked
package dev.tocsin.testkit.llm;

import org.jspecify.annotations.NullMarked;
