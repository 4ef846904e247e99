// SPDX-License-Identifier: Apache-2.0
/** What each day came to, made from the topics, sealed to the day before, and verified. */
@NullMarked
package dev.tocsin.console.statement;

import org.jspecify.annotations.NullMarked;
