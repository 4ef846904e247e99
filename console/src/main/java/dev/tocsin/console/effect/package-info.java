// SPDX-License-Identifier: Apache-2.0
/** Whether every intended change in the outside world has come to an end. */
@NullMarked
package dev.tocsin.console.effect;

import org.jspecify.annotations.NullMarked;
