// SPDX-License-Identifier: Apache-2.0
/** Timers that survive a crash. */
@NullMarked
package dev.tocsin.kafka.timer;

import org.jspecify.annotations.NullMarked;
