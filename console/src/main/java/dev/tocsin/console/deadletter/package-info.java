// SPDX-License-Identifier: Apache-2.0
/** What was set aside, whole, and sending it through again. */
@NullMarked
package dev.tocsin.console.deadletter;

import org.jspecify.annotations.NullMarked;
